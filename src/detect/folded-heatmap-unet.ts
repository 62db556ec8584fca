import * as tf from '@tensorflow/tfjs-core';
import type { NetworkWeights } from '../formats/weights-file.js';
import { BLOCKS_PER_GROUP } from '../networks/architecture.js';
import { type HeatmapUNetConfig, resolveHeatmapUNetConfig } from '../networks/heatmap-unet-config.js';
import { upload } from '../networks/plain-tensors.js';
import { giveTurn } from '../turns.js';
import { type FoldedConvolution, WeightReader } from './fold-batch-norm.js';

interface Convolution {
  kernel: tf.Tensor4D;
  bias: tf.Tensor1D;
}

interface ResidualBlock<Weights = Convolution> {
  first: Weights;
  second: Weights;
  /** Where the block changes the number of channels. */
  identity: Weights | undefined;
}

interface Decoder {
  narrow: Convolution | undefined;
  blocks: ResidualBlock[];
}

/**
 * The heatmap generator G2 (Fig. 5) for detection, on tfjs-core alone: `HeatmapUNet`, up to rounding, with BatchNorm
 * folded into the convolutions and bias and ReLU fused with them.
 */
export class FoldedHeatmapUNet {
  readonly config: HeatmapUNetConfig;
  readonly #stem: Convolution;
  readonly #encoders: ResidualBlock[][];
  readonly #decoders: Decoder[];
  readonly #head: Convolution;

  /** @throws WeightsMismatchError, before anything is allocated, when weights and their configuration disagree. */
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

  /** Heatmaps of a batch of faces, as by `HeatmapUNet.apply`. The caller disposes them. */
  apply(faces: tf.Tensor4D): tf.Tensor4D {
    return tf.tidy(() => {
      const stages = this.#stages(faces);
      let stage = stages.next();
      while (!stage.done) stage = stages.next(stage.value());
      return stage.value;
    });
  }

  /**
   * {@link FoldedHeatmapUNet.apply} with turns for the event loop between stages, because on wasm 32 faces take a tenth
   * of a second. The result is kept, whatever scope the application ends meanwhile; the caller disposes it.
   */
  async applyInTurns(faces: tf.Tensor4D): Promise<tf.Tensor4D> {
    const made: tf.Tensor[] = [];
    const stages = this.#stages(faces);
    try {
      let stage = stages.next();
      while (!stage.done) {
        const features = tf.keep(tf.tidy(stage.value));
        made.push(features);
        stage = stages.next(features);
        await giveTurn();
      }
      made.splice(made.indexOf(stage.value), 1);
      return stage.value;
    } finally {
      tf.dispose(made);
    }
  }

  /** The stages of Fig. 5: each yields a function, and is resumed with its result. */
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
    const blocks = [...this.#encoders.flat(), ...this.#decoders.flatMap(({ blocks }) => blocks)];
    const narrow = this.#decoders.map((decoder) => decoder.narrow);
    const convolutions = [this.#stem, this.#head, ...narrow, ...blocks.flatMap((block) => Object.values(block))];
    for (const one of convolutions) tf.dispose({ ...one });
  }
}

function readBlock(reader: WeightReader, name: string, from: number, to: number): ResidualBlock<FoldedConvolution> {
  return {
    first: reader.normalizedConvolution(`${name}_conv1`, `${name}_norm1`, [3, 3, from, to]),
    second: reader.normalizedConvolution(`${name}_conv2`, `${name}_norm2`, [3, 3, to, to]),
    identity: from === to ? undefined : reader.convolution(`${name}_identity`, [1, 1, from, to]),
  };
}

function uploadConvolution({ kernel, bias }: FoldedConvolution): Convolution {
  // Kept, because the application may make a detector inside a scope of its own.
  return { kernel: tf.keep(upload(kernel)), bias: tf.keep(upload<tf.Tensor1D>(bias)) };
}

function uploadBlock({ first, second, identity }: ResidualBlock<FoldedConvolution>): ResidualBlock {
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
