import type * as tf from '@tensorflow/tfjs-core';
import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import { BLOCKS_PER_GROUP } from './architecture.js';
import { AveragePooling } from './average-pooling.js';
import { InverseTanh } from './inverse-tanh.js';
import { LayerFactory } from './layer-factory.js';
import { type ApplyOptions, Network } from './network.js';
import { assertHalvable, parseConfig, positiveInteger, seedSetting, widthsSetting } from './parse-config.js';

/** Settings of {@link HighToLowGenerator}. */
export interface HighToLowGeneratorConfig {
  /** Input width and height in pixels: 128 by default. A multiple of 32; the output is a quarter as wide. */
  inputSize: number;
  /** Length of the noise vector z: 64 by default. */
  noise: number;
  /** Channels after the stem and each encoder group: `[64, 96, 128, 192, 256]` by default; the paper gives none. */
  widths: number[];
  /**
   * Whether the encoder's features are added to the decoder's of the same size, as in Fig. 5, and the image subsampled
   * by F to the colours. Off by default, as in Fig. 3a: everything passes 4x4 features, and learning to copy the face
   * takes tens of thousands of steps. On, G1 starts by subsampling and learns what cameras do beyond that.
   */
  skips: boolean;
  /** Determines the initial weights. */
  seed: number;
}

/** Encoder groups of Fig. 3a. The stem halves the size once more. */
const ENCODER_GROUPS = 4;
const DECODER_GROUPS = 3;

const schema = v.strictObject({
  inputSize: v.optional(positiveInteger, 128),
  noise: v.optional(positiveInteger, 64),
  widths: widthsSetting([64, 96, 128, 192, 256], ENCODER_GROUPS + 1),
  skips: v.optional(v.boolean(), false),
  seed: seedSetting,
});

/**
 * G1 (section 3.1, Fig. 3a): turns a high-resolution face into one that looks as if a distant camera had taken it.
 *
 * A dense layer makes the noise vector a fourth channel of the image. Then: a stem convolution and pooling; an encoder
 * of four groups of two residual blocks, a widening convolution and max-pooling (128 to 4 pixels); a decoder of three
 * groups of two residual blocks, a narrowing convolution and upsampling by 2 (4 to 32); a convolution to three
 * channels, and tanh. BatchNorm follows every convolution but the last.
 *
 * Input: faces `[faces, 128, 128, 3]` in -1..1 and noise `[faces, 64]`, standard normal. Output: `[faces, 32, 32, 3]`
 * in -1..1.
 *
 * Subclass it and override `group`, `enlarge` or `head` to change a part.
 *
 * @throws InvalidArgumentError for a wrong setting, naming the nearest valid input size.
 * @example
 * const generator = HighToLowGenerator.load(await readWeights('run/high-to-low-generator.safetensors'));
 * const lowResolution = generator.generate(faces, noise);
 */
export class HighToLowGenerator extends Network<HighToLowGeneratorConfig> {
  static override readonly kind: string = 'HighToLowGenerator';

  constructor(config: Partial<HighToLowGeneratorConfig> = {}) {
    const resolved = parseConfig<HighToLowGeneratorConfig>('HighToLowGenerator', schema, config);
    assertHalvable('HighToLowGenerator', resolved.inputSize, ENCODER_GROUPS + 1);
    super(resolved);
  }

  /** Width and height of the output, in pixels. */
  get outputSize(): number {
    return this.config.inputSize / 2 ** (ENCODER_GROUPS + 1 - DECODER_GROUPS);
  }

  /** G1(I, z), `[faces, 32, 32, 3]`. The caller disposes it. */
  generate(faces: tf.Tensor4D, noise: tf.Tensor2D, options?: ApplyOptions): tf.Tensor4D {
    return this.apply([faces, noise], options) as tf.Tensor4D;
  }

  protected override build(): LayersModel {
    const { inputSize, noise, widths, skips, seed } = this.config;
    const factory = new LayerFactory(seed);
    const image = input({ shape: [inputSize, inputSize, 3] });
    const vector = input({ shape: [noise] });
    const plane = layers
      .reshape({ name: 'noise_plane', targetShape: [inputSize, inputSize, 1] })
      .apply(factory.dense(vector, 'noise', inputSize * inputSize)) as SymbolicTensor;
    let x = factory.convolutionUnit(factory.concatenate([image, plane], 'input'), 'stem', widths[0]!);
    x = factory.maxPool(x, 'stem_pool');
    const encoded: SymbolicTensor[] = [];
    for (let level = 1; level <= ENCODER_GROUPS; level++) {
      x = this.group(factory, x, `encoder${level}`, widths[level]!);
      x = factory.maxPool(x, `encoder${level}_pool`);
      encoded.push(x);
    }
    for (let level = 1; level <= DECODER_GROUPS; level++) {
      x = this.group(factory, x, `decoder${level}`, widths[ENCODER_GROUPS - level]!);
      x = this.enlarge(factory, x, `decoder${level}_upsample`);
      if (skips) x = factory.add(x, encoded[ENCODER_GROUPS - 1 - level]!, `decoder${level}_skip`);
    }
    let colours = this.head(factory, x);
    if (skips) colours = factory.add(colours, subsampled(image), 'colours_skip');
    const picture = layers.activation({ name: 'tanh', activation: 'tanh' }).apply(colours) as SymbolicTensor;
    return model({ inputs: [image, vector], outputs: picture });
  }

  /** One arrow of Fig. 3a: two residual blocks, then a convolution to another width. */
  protected group(factory: LayerFactory, x: SymbolicTensor, name: string, width: number): SymbolicTensor {
    for (let block = 1; block <= BLOCKS_PER_GROUP; block++) {
      x = factory.residualBlock(x, `${name}_block${block}`, x.shape[3] as number);
    }
    return factory.convolutionUnit(x, `${name}_width`, width);
  }

  /** Doubles the size in the decoder by repeating pixels and averaging over 3x3, which removes the grid. */
  protected enlarge(factory: LayerFactory, x: SymbolicTensor, name: string): SymbolicTensor {
    return new AveragePooling({ name: `${name}_smooth` }).apply(factory.upsample(x, name)) as SymbolicTensor;
  }

  /** From the last group to three channels, before tanh: a 3x3 convolution. */
  protected head(factory: LayerFactory, x: SymbolicTensor): SymbolicTensor {
    return factory.outputConvolution(x, 'colours', 3, 3);
  }
}

/** F of Eq. 4 (two 3x3 averages, each followed by 2x2 average pooling), and the inverse of the tanh that follows. */
function subsampled(image: SymbolicTensor): SymbolicTensor {
  let x = image;
  for (const step of [1, 2]) {
    const halve = layers.averagePooling2d({ name: `halve${step}`, poolSize: 2, strides: 2 });
    x = halve.apply(new AveragePooling({ name: `smooth${step}` }).apply(x)) as SymbolicTensor;
  }
  return new InverseTanh({ name: 'inverse_tanh' }).apply(x) as SymbolicTensor;
}
