import type * as tf from '@tensorflow/tfjs-core';
import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type LightCNN29Config, resolveLightCNN29Config } from './light-cnn-config.js';
import { MaxFeatureMapFactory } from './max-feature-map-factory.js';
import { type ApplyOptions, Network } from './network.js';

/**
 * LightCNN-29 (Wu et al. 2018) as in section 4.3: from an aligned face, an embedding; a high cosine between two means
 * the same person.
 *
 * A 5x5 convolution to 48 channels; groups of 1, 2, 3 and 4 residual blocks of 48, 96, 192 and 128 channels, each
 * closed by a 1x1 convolution of its own width and a 3x3 one to the next; a dense layer to 256. A max-feature-map
 * follows each of these 29 layers and the dense one, in place of ReLU; there is no BatchNorm. Max-pooling halves the
 * size after the stem and groups 1, 2 and 4; on small faces the first of these are off (`config.poolings`), so that the
 * dense layer gets as large a map as in the original.
 *
 * Input: `[faces, inputSize, inputSize, 3]` in -1..1, aligned to the template of that size. Output: `[faces,
 * embeddingSize]`, not normalised.
 *
 * `IdentityTrainer` trains it, with an {@link IdentityClassifier} behind it. Subclass it and override `group` to change
 * a part.
 *
 * @throws InvalidArgumentError for a wrong setting, naming the nearest valid input size.
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
    // The third group is followed by the fourth at the same size.
    const pooled = ['stem', 'group1', 'group2', 'group4'].slice(4 - poolings);
    const pool = (x: SymbolicTensor, name: string) => (pooled.includes(name) ? factory.maxPool(x, `${name}_pool`) : x);
    let x = pool(factory.maxConvolution(image, 'stem', widths[0]!, 5), 'stem');
    widths.forEach((width, index) => {
      const name = `group${index + 1}`;
      x = pool(this.group(factory, x, name, blocks[index]!, widths[index + 1] ?? width), name);
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
