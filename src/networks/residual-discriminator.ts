import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import type { LayerFactory } from './layer-factory.js';
import { Network } from './network.js';
import { assertHalvable, positiveInteger, seedSetting, widthsSetting } from './parse-config.js';
import { SpectralLayerFactory } from './spectral-layer-factory.js';

/** The settings that D1 and D3 share. */
export interface ResidualDiscriminatorConfig {
  /** Width and height of the input in pixels: 32. A multiple of 2 to the number of poolings. */
  inputSize: number;
  /** Channels of the four groups. `[64, 64, 128, 128]` by default; the paper does not give them. */
  widths: number[];
  /**
   * After how many of the last groups the size is halved: 3 as the paper's text has it (default), or 2 as its Fig. 3b.
   */
  poolings: number;
  /** Fixes the initial weights. */
  seed: number;
}

/** How many groups there are: the arrows of Fig. 3b. */
const GROUPS = 4;

/** The settings' schema. */
export const residualDiscriminatorSettings = {
  inputSize: v.optional(positiveInteger, 32),
  widths: widthsSetting([64, 64, 128, 128], GROUPS),
  poolings: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(GROUPS)), 3),
  seed: seedSetting,
};

/** @throws InvalidArgumentError naming the nearest input size that the poolings allow. */
export function assertDiscriminatorSize(network: string, { inputSize, poolings }: ResidualDiscriminatorConfig): void {
  assertHalvable(network, inputSize, poolings);
}

/**
 * The structure of D1 and D3 (Fig. 3b): four groups of one residual block and a convolution, max-pooling after the last
 * three, then a dense layer to one number. Spectral normalisation everywhere, no BatchNorm.
 *
 * Subclass it and override `group` or `head` to change a part of it.
 */
export abstract class ResidualDiscriminator<Config extends ResidualDiscriminatorConfig> extends Network<Config> {
  /** Channels of the input. */
  protected abstract inputChannels(): number;

  protected override build(): LayersModel {
    const { inputSize, widths, poolings, seed } = this.config;
    const factory = new SpectralLayerFactory(seed);
    const image = input({ shape: [inputSize, inputSize, this.inputChannels()] });
    let x: SymbolicTensor = factory.relu(factory.convolution(image, 'stem', widths[0]!, 3), 'stem_relu');
    widths.forEach((width, index) => {
      const name = `group${index + 1}`;
      x = this.group(factory, x, name, width);
      if (index >= widths.length - poolings) x = factory.maxPool(x, `${name}_pool`);
    });
    return model({ inputs: image, outputs: this.head(factory, x) });
  }

  /** One arrow of Fig. 3b: a residual block, then a convolution to the group's width. */
  protected group(factory: LayerFactory, x: SymbolicTensor, name: string, width: number): SymbolicTensor {
    const block = factory.residualBlock(x, `${name}_block`, x.shape[3] as number);
    return factory.relu(factory.convolution(block, `${name}_widen`, width, 3, true), `${name}_relu`);
  }

  /** From the last group to one number a face. */
  protected head(factory: LayerFactory, x: SymbolicTensor): SymbolicTensor {
    const flat = layers.flatten({ name: 'flatten' }).apply(x) as SymbolicTensor;
    return factory.dense(flat, 'score', 1);
  }
}
