import type * as tf from '@tensorflow/tfjs-core';
import { input, type LayersModel, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { BLOCKS_PER_GROUP } from './architecture.js';
import { type HeatmapUNetConfig, resolveHeatmapUNetConfig } from './heatmap-unet-config.js';
import { LayerFactory } from './layer-factory.js';
import { type ApplyOptions, Network } from './network.js';

/**
 * The heatmap generator G2 (section 3.2.1, Fig. 5): from a face, one heatmap per landmark and one of the background.
 *
 * A U-Net of 16 residual blocks: an encoder of four groups of two, each followed by max-pooling (32 to 2 pixels), and a
 * decoder that mirrors it. Skip connections add the encoder's features to the enlarged ones, after a 1x1 convolution
 * where widths differ (as in stacked hourglasses, which keeps every block at its group's width).
 *
 * Input: `[faces, inputSize, inputSize, 3]` in -1..1. Output: `[faces, inputSize, inputSize, landmarks + 1]`, linear; a
 * landmark's heatmap peaks at about 1, the last channel is the background.
 *
 * Subclass it and override `stem`, `group` or `head` to change a part.
 *
 * @example
 * const network = new HeatmapUNet({ landmarks: 19, widths: [32, 64, 64, 64], seed: 1 });
 * const heatmaps = network.apply(faces);
 */
export class HeatmapUNet extends Network<HeatmapUNetConfig> {
  static override readonly kind: string = 'HeatmapUNet';

  constructor(config: Partial<HeatmapUNetConfig> = {}) {
    super(resolveHeatmapUNetConfig(config));
  }

  override apply(faces: tf.Tensor4D, options?: ApplyOptions): tf.Tensor4D {
    return super.apply(faces, options) as tf.Tensor4D;
  }

  protected override build(): LayersModel {
    const { inputSize, inputChannels, widths, seed } = this.config;
    const factory = new LayerFactory(seed);
    const image = input({ shape: [inputSize, inputSize, inputChannels] });
    const skips: SymbolicTensor[] = [];
    let x = this.stem(factory, image);
    widths.forEach((width, level) => {
      x = this.group(factory, x, `encoder${level + 1}`, width);
      skips.push(x);
      x = factory.maxPool(x, `encoder${level + 1}_pool`);
    });
    for (let level = widths.length - 1; level >= 0; level--) {
      const [name, width] = [`decoder${level + 1}`, widths[level]!];
      if (x.shape[3] !== width) x = factory.convolution(x, `${name}_narrow`, width, 1, true);
      x = factory.add(factory.upsample(x, `${name}_upsample`), skips[level]!, `${name}_skip`);
      x = this.group(factory, x, name, width);
    }
    return model({ inputs: image, outputs: this.head(factory, x) });
  }

  /** From the image to the first group's width: conv3x3 - BN - ReLU. */
  protected stem(factory: LayerFactory, image: SymbolicTensor): SymbolicTensor {
    return factory.convolutionUnit(image, 'stem', this.config.widths[0]!);
  }

  /** One arrow of Fig. 5: two residual blocks. */
  protected group(factory: LayerFactory, x: SymbolicTensor, name: string, width: number): SymbolicTensor {
    for (let block = 1; block <= BLOCKS_PER_GROUP; block++)
      x = factory.residualBlock(x, `${name}_block${block}`, width);
    return x;
  }

  /** From the last group to the heatmaps: a linear 1x1 convolution. */
  protected head(factory: LayerFactory, x: SymbolicTensor): SymbolicTensor {
    return factory.outputConvolution(x, 'heatmaps', this.config.landmarks + 1);
  }
}
