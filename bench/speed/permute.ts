import type { PlainTensor } from '../../src/formats/safetensors.js';

/** Our tensors `[n, h, w, c]` in ONNX's order `[n, c, h, w]`. */
export const toChannelsFirst = (tensor: PlainTensor): PlainTensor => permute(tensor, [0, 3, 1, 2]);

/** ONNX's tensors `[n, c, h, w]` in our order `[n, h, w, c]`. */
export const toChannelsLast = (tensor: PlainTensor): PlainTensor => permute(tensor, [0, 2, 3, 1]);

/** Our kernels `[h, w, in, out]` in ONNX's order `[out, in, h, w]`. */
export const toOnnxKernel = (kernel: PlainTensor): PlainTensor => permute(kernel, [3, 2, 0, 1]);

/** Reorders dimensions: dimension `i` of the result is dimension `axes[i]` of the tensor. */
function permute({ shape, data }: PlainTensor, axes: readonly number[]): PlainTensor {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
  let offsets = [0];
  for (const axis of axes) {
    const [size, stride] = [shape[axis]!, strides[axis]!];
    offsets = offsets.flatMap((offset) => Array.from({ length: size }, (_, index) => offset + index * stride));
  }
  return { shape: axes.map((axis) => shape[axis]!), data: Float32Array.from(offsets, (offset) => data[offset]!) };
}
