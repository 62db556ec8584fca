import type * as tf from '@tensorflow/tfjs-core';
import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type LightCNN29Config, resolveLightCNN29Config } from './light-cnn-config.js';
import { MaxFeatureMapFactory } from './max-feature-map-factory.js';
import { type ApplyOptions, Network } from './network.js';

/**
 * LightCNN-29 (Wu et al. 2018) as section 4.3 of the paper uses it: from an aligned face, an embedding whose cosine
 * tells whether two faces are of one person.
 *
 * A 5x5 convolution to 48 channels; groups of 1, 2, 3 and 4 residual blocks of 48, 96, 192 and 128 channels, each
 * closed by a 1x1 convolution of its own width and a 3x3 one to the next; a dense layer to 256. A max-feature-map
 * follows each of these 29 convolutions and the dense layer, in place of ReLU; there is no BatchNorm. Max-pooling
 * halves the size after the stem and the groups 1, 2 and 4; on small faces the first of these are off
 * (`config.poolings`), so that as large a map reaches the dense layer as in the original.
 *
 * Input: `[faces, inputSize, inputSize, 3]` in -1..1, aligned to the template of that size. Output: `[faces,
 * embeddingSize]`, of any length.
 *
 * Trained by an `IdentityTrainer`, which puts an {@link IdentityClassifier} behind it. Subclass it and override `group`
 * to change a part of it.
 *
 * @throws InvalidArgumentError when a setting is wrong; it names the nearest valid input size.
 * @example
 * const network = new LightCNN29({ widths: [24, 48, 96, 64], poolings: 3, seed: 1 });
 * const embeddings = network.apply(faces);
 */
export class LightCNN29 extends Network<LightCNN29Config> {
  static override readonly kind: string = 'LightCNN29';

  constructor(config: Partial<LightCNN29Config> = {}) {
    super(resolveLightCNN29Config(config));
  }

  override apply(faces: tf.Tensor4D, options?: ApplyOptions): tf.Tensor2D {
    return super.apply(faces, options) as tf.Tensor2D;
  }

  protected override build(): LayersModel {
    const { inputSize, inputChannels, widths, blocks, embeddingSize, poolings, seed } = this.config;
    const residualBlocks = blocks.reduce((sum, count) => sum + count, 0);
    const factory = new MaxFeatureMapFactory(seed, residualBlocks);
    const image = input({ shape: [inputSize, inputSize, inputChannels] });
    const features = [(x: SymbolicTensor) => factory.maxConvolution(x, 'stem', widths[0]!, 5)];
    widths.forEach((width, index) => {
      features.push((x) => this.group(factory, x, `group${index + 1}`, blocks[index]!, widths[index + 1] ?? width));
    });
    // The third group is followed by the fourth at the same size.
    const pooled = ['stem', 'group1', 'group2', 'group4'].slice(4 - poolings);
    let x: SymbolicTensor = image;
    features.forEach((make, index) => {
      const name = index === 0 ? 'stem' : `group${index}`;
      x = make(x);
      if (pooled.includes(name)) x = factory.maxPool(x, `${name}_pool`);
    });
    const flat = layers.flatten({ name: 'flatten' }).apply(x) as SymbolicTensor;
    return model({ inputs: image, outputs: factory.maxDense(flat, 'embedding', embeddingSize) });
  }

  /** Residual blocks of the input's width, then a 1x1 convolution and a 3x3 one to the next width. */
  protected group(
    factory: MaxFeatureMapFactory,
    x: SymbolicTensor,
    name: string,
    blocks: number,
    nextWidth: number,
  ): SymbolicTensor {
    const width = x.shape[3] as number;
    let features = x;
    for (let block = 1; block <= blocks; block++)
      features = factory.residualBlock(features, `${name}_block${block}`, width);
    const mixed = factory.maxConvolution(features, `${name}_mix`, width, 1);
    return factory.maxConvolution(mixed, `${name}_widen`, nextWidth, 3);
  }
}
