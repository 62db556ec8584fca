import type { Tensor3D } from '@tensorflow/tfjs-core';
import { InvalidImageError } from '../errors.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { floatPixels, interleavedRgb } from './pixel-values.js';

/** Whether a value is a tensor, by its properties, so that tensors of another copy of tfjs-core count too. */
export function isTensor(input: unknown): input is Tensor3D {
  if (typeof input !== 'object' || input === null) return false;
  const { shape, dtype, data } = input as Record<string, unknown>;
  return Array.isArray(shape) && typeof dtype === 'string' && typeof data === 'function';
}

/**
 * Reads `[height, width, 1 | 3 | 4]` of 0-255. The tensor is neither changed nor disposed.
 *
 * @param assertSize Throws for a size that is not accepted, before the tensor is read.
 * @throws InvalidImageError for a disposed tensor, another shape or dtype, or values that are not 0-255.
 */
export async function tensorPixels(
  tensor: Tensor3D,
  assertSize: (width: number, height: number) => void,
): Promise<RgbImage> {
  const shape: readonly number[] = tensor.shape;
  const [height, width, channels] = shape;
  if (tensor.isDisposed) throw new InvalidImageError(`A tensor of shape [${shape}] was given after its disposal.`);
  if (tensor.dtype !== 'int32' && tensor.dtype !== 'float32') {
    throw new InvalidImageError(`A tensor of dtype ${tensor.dtype} is no image: cast it to 'int32' or 'float32'.`);
  }
  if (shape.length !== 3 || (channels !== 1 && channels !== 3 && channels !== 4)) {
    const batch = shape.length === 4 ? ' Take one image of a batch: tf.unstack(batch), or tensor.squeeze([0]).' : '';
    throw new InvalidImageError(`A tensor image is [height, width, 1, 3 or 4]; got [${shape}].${batch}`);
  }
  assertSize(width!, height!);
  // A copy that shares the memory: the caller may dispose of the tensor before it has been read.
  const own = tensor.clone();
  let values: Float32Array | Int32Array;
  try {
    // dataSync blocks, and throws on webgpu.
    values = floatPixels(await own.data<'float32' | 'int32'>());
  } finally {
    own.dispose();
  }
  const data = interleavedRgb(tensor.dtype === 'int32' ? Uint8Array.from(values) : (values as Float32Array), channels);
  return { data, width: width!, height: height! };
}
