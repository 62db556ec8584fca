import * as tf from '@tensorflow/tfjs-core';
import type { NetworkWeights } from '../formats/weights-file.js';
import { BLOCKS_PER_GROUP } from '../networks/architecture.js';
import { type HeatmapUNetConfig, resolveHeatmapUNetConfig } from '../networks/heatmap-unet-config.js';
import { upload } from '../networks/plain-tensors.js';
import type { Turns } from '../turns.js';
import { type FoldedConvolution, WeightReader } from './fold-batch-norm.js';

interface Convolution {
  kernel: tf.Tensor4D;
  bias: tf.Tensor1D;
}

interface ResidualBlock {
  first: Convolution;
  second: Convolution;
  /** Where the block changes the number of channels. */
  identity: Convolution | undefined;
}

interface Decoder {
  narrow: Convolution | undefined;
  blocks: ResidualBlock[];
}

/**
 * The heatmap generator G2 (Fig. 5) for detection only: the layers of `HeatmapUNet` with BatchNorm folded into the
 * convolutions and bias and ReLU fused with them, on tfjs-core alone. Its output is that of `HeatmapUNet` up to
 * rounding.
 */
export class FoldedHeatmapUNet {
  readonly config: HeatmapUNetConfig;
  readonly #stem: Convolution;
  readonly #encoders: ResidualBlock[][];
  readonly #decoders: Decoder[];
  readonly #head: Convolution;

  /** @throws WeightsMismatchError when the weights are not those of their configuration; nothing is allocated then. */
  constructor(weights: NetworkWeights) {
    this.config = resolveHeatmapUNetConfig(weights.config as Partial<HeatmapUNetConfig>);
    const { widths, inputChannels, landmarks } = this.config;
    const reader = new WeightReader(weights);
    const finest = widths[0]!;
    const stem = reader.normalizedConvolution('stem_conv', 'stem_norm', [3, 3, inputChannels, finest]);
    let channels = finest;
    const readGroup = (name: string, width: number) =>
      Array.from({ length: BLOCKS_PER_GROUP }, (_, index) => {
        const block = readBlock(reader, `${name}_block${index + 1}`, channels, width);
        channels = width;
        return block;
      });
    const encoders = widths.map((width, level) => readGroup(`encoder${level + 1}`, width));
    const decoders = widths.map((_, index) => {
      const level = widths.length - 1 - index;
      const [name, width] = [`decoder${level + 1}`, widths[level]!];
      const narrow = channels === width ? undefined : reader.convolution(`${name}_narrow`, [1, 1, channels, width]);
      channels = width;
      return { narrow, blocks: readGroup(name, width) };
    });
    const head = reader.convolution('heatmaps', [1, 1, finest, landmarks + 1]);
    reader.assertAllRead();

    this.#stem = uploadConvolution(stem);
    this.#encoders = encoders.map((group) => group.map(uploadBlock));
    this.#decoders = decoders.map(({ narrow, blocks }) => ({
      narrow: narrow && uploadConvolution(narrow),
      blocks: blocks.map(uploadBlock),
    }));
    this.#head = uploadConvolution(head);
  }

  /** Heatmaps of a batch of faces, as `HeatmapUNet.apply` gives them. The caller disposes them. */
  apply(faces: tf.Tensor4D): tf.Tensor4D {
    return tf.tidy(() => {
      const stages = this.#stages(faces);
      let stage = stages.next();
      while (!stage.done) stage = stages.next(stage.value());
      return stage.value;
    });
  }

  /**
   * {@link FoldedHeatmapUNet.apply} with a turn for the event loop between stages: on wasm 32 faces take a tenth of a
   * second. The result is kept, so that a scope of the application's that ends meanwhile does not take it; the caller
   * disposes it.
   */
  async applyInTurns(faces: tf.Tensor4D, turns: Turns): Promise<tf.Tensor4D> {
    const made: tf.Tensor[] = [];
    const stages = this.#stages(faces);
    try {
      let stage = stages.next();
      while (!stage.done) {
        const features = tf.keep(tf.tidy(stage.value));
        made.push(features);
        stage = stages.next(features);
        await turns.give();
      }
      made.splice(made.indexOf(stage.value), 1);
      return stage.value;
    } finally {
      tf.dispose(made);
    }
  }

  /** The layers of Fig. 5 as a series of stages, each of which is given the features that it asked for. */
  *#stages(faces: tf.Tensor4D): Generator<() => tf.Tensor4D, tf.Tensor4D, tf.Tensor4D> {
    const skips: tf.Tensor4D[] = [];
    let x = yield () => convolve(faces, this.#stem, 'relu');
    for (const group of this.#encoders) {
      const skip = yield () => group.reduce(applyBlock, x);
      skips.push(skip);
      x = yield () => tf.maxPool(skip, 2, 2, 'valid');
    }
    for (const { narrow, blocks } of this.#decoders) {
      const skip = skips.pop()!;
      x = yield () => {
        const features = narrow ? convolve(x, narrow, 'linear') : x;
        const enlarged = tf.image.resizeNearestNeighbor(features, [x.shape[1] * 2, x.shape[2] * 2]);
        return blocks.reduce(applyBlock, tf.add(enlarged, skip) as tf.Tensor4D);
      };
    }
    return yield () => convolve(x, this.#head, 'linear');
  }

  dispose(): void {
    const groups = [...this.#encoders, ...this.#decoders.map(({ blocks }) => blocks)].flat();
    const convolutions = groups.flatMap(({ first, second, identity }) => [first, second, identity]);
    for (const one of [this.#stem, this.#head, ...this.#decoders.map(({ narrow }) => narrow), ...convolutions]) {
      one?.kernel.dispose();
      one?.bias.dispose();
    }
  }
}

interface FoldedBlock {
  first: FoldedConvolution;
  second: FoldedConvolution;
  identity: FoldedConvolution | undefined;
}

function readBlock(reader: WeightReader, name: string, from: number, to: number): FoldedBlock {
  return {
    first: reader.normalizedConvolution(`${name}_conv1`, `${name}_norm1`, [3, 3, from, to]),
    second: reader.normalizedConvolution(`${name}_conv2`, `${name}_norm2`, [3, 3, to, to]),
    identity: from === to ? undefined : reader.convolution(`${name}_identity`, [1, 1, from, to]),
  };
}

function uploadConvolution({ kernel, bias }: FoldedConvolution): Convolution {
  // Kept: a scope of the application's, in which a detector happens to be made, must not take its weights along.
  return { kernel: tf.keep(upload(kernel)), bias: tf.keep(upload<tf.Tensor1D>(bias)) };
}

function uploadBlock({ first, second, identity }: FoldedBlock): ResidualBlock {
  return {
    first: uploadConvolution(first),
    second: uploadConvolution(second),
    identity: identity && uploadConvolution(identity),
  };
}

function convolve(x: tf.Tensor4D, { kernel, bias }: Convolution, activation: 'relu' | 'linear'): tf.Tensor4D {
  return tf.fused.conv2d({ x, filter: kernel, strides: 1, pad: 'same', bias, activation });
}

function applyBlock(x: tf.Tensor4D, { first, second, identity }: ResidualBlock): tf.Tensor4D {
  const residual = convolve(convolve(x, first, 'relu'), second, 'linear');
  return tf.relu(tf.add<tf.Tensor4D>(residual, identity ? convolve(x, identity, 'linear') : x));
}
