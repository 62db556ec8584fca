import { type FoldedConvolution, WeightReader } from '../../src/detect/fold-batch-norm.js';
import type { NetworkWeights } from '../../src/formats/weights-file.js';
import { BLOCKS_PER_GROUP } from '../../src/networks/architecture.js';
import { type HeatmapUNetConfig, resolveHeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';
import { OnnxGraph } from './onnx-graph.js';
import { toOnnxKernel } from './permute.js';

/** Names of the model's input, `[faces, channels, size, size]`, and output, `[faces, landmarks + 1, size, size]`. */
export const INPUT = 'faces';
export const OUTPUT = 'heatmaps';

/**
 * A trained `HeatmapUNet` as an ONNX model, with BatchNorm folded into the convolutions as detection does it. Channels come
 * before rows and columns, as ONNX has it.
 *
 * @throws WeightsMismatchError when the weights are not those of their configuration.
 */
export function exportOnnx(weights: NetworkWeights): Uint8Array {
  const { widths, inputSize, inputChannels, landmarks } = resolveHeatmapUNetConfig(
    weights.config as Partial<HeatmapUNetConfig>,
  );
  const writer = new LayerWriter(weights);
  const skips: string[] = [];
  let x = writer.stem(INPUT, inputChannels, widths[0]!);
  let channels = widths[0]!;
  widths.forEach((width, level) => {
    x = writer.group(x, `encoder${level + 1}`, channels, width);
    channels = width;
    skips.push(x);
    x = writer.maxPool(x, `encoder${level + 1}_pool`);
  });
  for (let level = widths.length; level >= 1; level--) {
    const [name, width] = [`decoder${level}`, widths[level - 1]!];
    if (channels !== width) x = writer.pointwise(x, `${name}_narrow`, channels, width);
    channels = width;
    x = writer.add(writer.upsample(x, `${name}_upsample`), skips.pop()!, `${name}_skip`);
    x = writer.group(x, name, width, width);
  }
  writer.pointwise(x, OUTPUT, channels, landmarks + 1);
  writer.reader.assertAllRead();
  return writer.graph.encode(
    { name: INPUT, shape: ['faces', inputChannels, inputSize, inputSize] },
    { name: OUTPUT, shape: ['faces', landmarks + 1, inputSize, inputSize] },
  );
}

/** Writes the U-Net's layers into a graph. Each method takes the name of its input and returns that of its output. */
class LayerWriter {
  readonly graph = new OnnxGraph();
  readonly reader: WeightReader;

  constructor(weights: NetworkWeights) {
    this.reader = new WeightReader(weights);
    this.graph.constant('twice', { shape: [4], data: Float32Array.of(1, 1, 2, 2) });
  }

  stem(x: string, from: number, to: number): string {
    const convolution = this.reader.normalizedConvolution('stem_conv', 'stem_norm', [3, 3, from, to]);
    return this.relu(this.convolution(x, 'stem_conv', convolution));
  }

  group(x: string, name: string, from: number, to: number): string {
    let y = this.block(x, `${name}_block1`, from, to);
    for (let block = 2; block <= BLOCKS_PER_GROUP; block++) y = this.block(y, `${name}_block${block}`, to, to);
    return y;
  }

  block(x: string, name: string, from: number, to: number): string {
    const first = this.reader.normalizedConvolution(`${name}_conv1`, `${name}_norm1`, [3, 3, from, to]);
    const second = this.reader.normalizedConvolution(`${name}_conv2`, `${name}_norm2`, [3, 3, to, to]);
    const hidden = this.relu(this.convolution(x, `${name}_conv1`, first));
    const residual = this.convolution(hidden, `${name}_conv2`, second);
    const identity = from === to ? x : this.pointwise(x, `${name}_identity`, from, to);
    return this.relu(this.add(residual, identity, `${name}_add`));
  }

  /** A 1x1 convolution with a bias. */
  pointwise(x: string, name: string, from: number, to: number): string {
    return this.convolution(x, name, this.reader.convolution(name, [1, 1, from, to]));
  }

  convolution(x: string, name: string, { kernel, bias }: FoldedConvolution): string {
    const [height, width] = kernel.shape as [number, number];
    const [top, left] = [(height - 1) / 2, (width - 1) / 2];
    const inputs = [
      x,
      this.graph.constant(`${name}/kernel`, toOnnxKernel(kernel)),
      this.graph.constant(`${name}/bias`, bias),
    ];
    return this.graph.node('Conv', name, inputs, { kernel_shape: [height, width], pads: [top, left, top, left] });
  }

  relu(x: string): string {
    return this.graph.node('Relu', `${x}_relu`, [x]);
  }

  add(x: string, y: string, name: string): string {
    return this.graph.node('Add', name, [x, y]);
  }

  maxPool(x: string, name: string): string {
    return this.graph.node('MaxPool', name, [x], { kernel_shape: [2, 2], strides: [2, 2] });
  }

  /** Repeats pixels: with these attributes `Resize` reads row `floor(row / 2)`. */
  upsample(x: string, name: string): string {
    return this.graph.node('Resize', name, [x, '', 'twice'], {
      mode: 'nearest',
      coordinate_transformation_mode: 'asymmetric',
      nearest_mode: 'floor',
    });
  }
}
