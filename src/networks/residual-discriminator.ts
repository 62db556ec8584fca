import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import * as v from 'valibot';
import type { LayerFactory } from './layer-factory.js';
import { Network } from './network.js';
import { positiveInteger, seedSetting, widthsSetting } from './parse-config.js';
import { SpectralLayerFactory } from './spectral-layer-factory.js';

/** Settings of D1 and D3. */
export interface ResidualDiscriminatorConfig {
  /** Input width and height in pixels: 32 by default. A multiple of `2 ** poolings`. */
  inputSize: number;
  /** Channels of the four groups: `[64, 64, 128, 128]` by default; the paper gives none. */
  widths: number[];
  /** How many of the last groups halve the size: 3 as in the paper's text (default), or 2 as in its Fig. 3b. */
  poolings: number;
  /** Determines the initial weights. */
  seed: number;
}

/** The arrows of Fig. 3b. */
const GROUPS = 4;

/** The schema of these settings. */
export const residualDiscriminatorSettings = {
  inputSize: v.optional(positiveInteger, 32),
  widths: widthsSetting([64, 64, 128, 128], GROUPS),
  poolings: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(GROUPS)), 3),
  seed: seedSetting,
};

/**
 * The structure of D1 and D3 (Fig. 3b): four groups of a residual block and a convolution, max-pooling after the last
 * three, a dense layer to one number. Spectral normalisation throughout, no BatchNorm. Subclass it and override `group`
 * or `head` to change a part.
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

  /** From the last group to one number per face. */
  protected head(factory: LayerFactory, x: SymbolicTensor): SymbolicTensor {
    const flat = layers.flatten({ name: 'flatten' }).apply(x) as SymbolicTensor;
    return factory.dense(flat, 'score', 1);
  }
}
