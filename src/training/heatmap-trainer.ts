import * as tf from '@tensorflow/tfjs-core';
import { type AugmentationConfig, augmentFace, noAugmentation } from '../data/augment.js';
import { type Degradation, keepResolution, subsample, variedDegradation } from '../data/degrade.js';
import { facesToTensor } from '../data/faces-to-tensor.js';
import { Random } from '../data/random.js';
import type { PlainTensor } from '../data/safetensors.js';
import type { LandmarkDataset } from '../data/sample.js';
import { encodeWeightsFile } from '../data/weights-file.js';
import { InvalidArgumentError } from '../errors.js';
import { cropAndResize, pointToCrop } from '../geometry/crop.js';
import type { Point } from '../geometry/point.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { decodeHeatmaps } from '../heatmaps/decode.js';
import { encodeHeatmaps } from '../heatmaps/encode.js';
import { heatmapLoss } from '../losses/heatmap-loss.js';
import { HeatmapUNet } from '../networks/heatmap-unet.js';
import type { HeatmapUNetConfig } from '../networks/heatmap-unet-config.js';
import { Adam } from './adam.js';
import { type Checkpoint, downloadTensors, uploadTensors } from './checkpoint.js';
import type { HeatmapTrainerConfig } from './heatmap-trainer-config.js';
import { landmarkErrorMetrics } from './landmark-error-metrics.js';
import type { RunStore } from './run-store.js';
import { type Metrics, Trainer } from './trainer.js';

/** The file in which a run keeps the weights after each epoch: what the detector loads. */
export const WEIGHTS_FILE = 'heatmap-unet.safetensors';

/** A prepared batch. */
export interface HeatmapBatch {
  /** `[faces, size, size, 3]` in -1..1. */
  images: tf.Tensor4D;
  /** H of Eq. 10, `[faces, size, size, N + 1]`. */
  heatmaps: tf.Tensor4D;
  /** `[faces, 1, 1, N + 1]`: 0 where a landmark is not visible or outside the picture. */
  visible: tf.Tensor4D;
}

/** A low-resolution face as the network gets it, with its landmarks in the same pixels. */
export interface NetworkFace {
  image: RgbImage;
  points: Point[];
}

/** A held-out face with what the network makes of it. */
export interface Prediction extends NetworkFace {
  predicted: Point[];
}

/** What a {@link HeatmapTrainer} works with. */
export interface HeatmapTrainerInput {
  config: HeatmapTrainerConfig;
  training: LandmarkDataset;
  validation: LandmarkDataset;
  store?: RunStore;
}

const AUGMENTATION_STREAM = 2;
const VALIDATION_STREAM = 3;
const NETWORK_PREFIX = 'network/';
const OPTIMISER_PREFIX = 'optimiser/';

/**
 * Trains the heatmap generator G2 alone, with l_MSE (Eq. 10): settings S1 and HR-LD of the paper, and the bundled weights.
 *
 * Override `buildNetwork`, `degrade`, `prepareBatch` or `loss` to change a part of it.
 *
 * @example
 * const trainer = new HeatmapTrainer({ config: resolveHeatmapTrainerConfig('S1', { epochs: 10 }), training, validation });
 * trainer.on('epoch', ({ epoch, validation }) => console.log(epoch, validation.nrmse));
 * await trainer.train();
 */
export class HeatmapTrainer extends Trainer<HeatmapTrainerConfig, HeatmapBatch> {
  readonly network: HeatmapUNet;
  /** The first held-out faces with the predictions of the last validation, for pictures. */
  predictions: Prediction[] = [];
  protected readonly name: string = 'HeatmapTrainer';
  protected readonly training: LandmarkDataset;
  protected readonly validation: LandmarkDataset;
  readonly #optimiser: Adam;
  readonly #degradation: Degradation;

  constructor({ config, training, validation, store }: HeatmapTrainerInput) {
    super(config, training.length, store);
    if (training.scheme !== validation.scheme) {
      throw new InvalidArgumentError(
        `Training faces have ${training.scheme} points, held-out ones ${validation.scheme}: give datasets of one scheme.`,
      );
    }
    const { landmarks = training.scheme } = config.network;
    if (landmarks !== training.scheme) {
      throw new InvalidArgumentError(
        `network.landmarks is ${landmarks}, the faces have ${training.scheme} points: leave it out, or convert the dataset.`,
      );
    }
    this.training = training;
    this.validation = validation;
    this.network = this.buildNetwork({ seed: config.seed, ...config.network, landmarks });
    const variables = this.network.model.trainableWeights.map(
      (w) => [w.originalName, w.read() as tf.Variable] as const,
    );
    this.#optimiser = new Adam(Object.fromEntries(variables), config.adam);
    this.#degradation = { subsample, none: keepResolution, varied: variedDegradation() }[config.lowResolution];
  }

  /** Makes G2. Called by the constructor. */
  protected buildNetwork(config: Partial<HeatmapUNetConfig>): HeatmapUNet {
    return new HeatmapUNet(config);
  }

  /** Makes a high-resolution face low-resolution; what comes out is resampled to the network's input size. */
  protected degrade(face: RgbImage, random: Random): RgbImage {
    return this.#degradation(face, random);
  }

  /** l_MSE of Eq. 10. Called inside a gradient: no reading, no disposing. */
  protected loss(truth: tf.Tensor4D, prediction: tf.Tensor4D, visible: tf.Tensor4D) {
    return heatmapLoss(truth, prediction, visible);
  }

  protected override async prepareBatch(indices: readonly number[], epoch: number): Promise<HeatmapBatch> {
    const { seed, augmentation } = this.config;
    const faces = await Promise.all(
      indices.map((index) =>
        this.#prepareFace(this.training, index, augmentation, new Random(seed, AUGMENTATION_STREAM, epoch, index)),
      ),
    );
    return this.#batchOf(faces);
  }

  protected override async trainStep({ images, heatmaps, visible }: HeatmapBatch): Promise<Metrics> {
    let parts: tf.Tensor | undefined;
    try {
      const { value, grads } = tf.variableGrads(() => {
        const prediction = this.network.apply(images, { training: true });
        const { total, landmarks, background } = this.loss(heatmaps, prediction, visible);
        parts = tf.keep(tf.stack([total, landmarks, background]));
        return total;
      }, this.network.trainableVariables);
      this.#optimiser.apply(grads, this.state.learningRate);
      tf.dispose([value, grads]);
      const [total, landmarks, background] = await parts!.data();
      return { loss: total!, landmarkLoss: landmarks!, backgroundLoss: background! };
    } finally {
      tf.dispose({ images, heatmaps, visible, ...(parts && { parts }) });
    }
  }

  protected override async validate(): Promise<Metrics> {
    const { seed, batchSize } = this.config;
    const predictions: Prediction[] = [];
    for (let first = 0; first < this.validation.length; first += batchSize) {
      const count = Math.min(batchSize, this.validation.length - first);
      const faces = await Promise.all(
        Array.from({ length: count }, (_, offset) => {
          const random = new Random(seed, VALIDATION_STREAM, first + offset);
          return this.#prepareFace(this.validation, first + offset, noAugmentation, random);
        }),
      );
      predictions.push(...(await this.#predict(faces)));
    }
    this.predictions = predictions.slice(0, 32);
    await this.store?.write(WEIGHTS_FILE, await this.exportWeights());
    return landmarkErrorMetrics(predictions);
  }

  /** The network's weights and configuration as a file in half precision, for `createLandmarkDetector({ weights })`. */
  async exportWeights(): Promise<Uint8Array> {
    const tensors = await downloadTensors(this.network.weights);
    return encodeWeightsFile({ network: 'HeatmapUNet', config: this.network.config, tensors });
  }

  /** Frees the network and the optimiser. */
  dispose(): void {
    this.network.dispose();
    this.#optimiser.dispose();
  }

  protected override async saveTensors(): Promise<Record<string, PlainTensor>> {
    return {
      ...(await downloadTensors(this.network.weights, NETWORK_PREFIX)),
      ...(await downloadTensors(this.#optimiser.state, OPTIMISER_PREFIX)),
    };
  }

  protected override saveCounters(): Record<string, number> {
    return { optimiserSteps: this.#optimiser.steps };
  }

  protected override restoreTensors({ tensors, counters }: Checkpoint): void {
    const [weights, optimiser] = [uploadTensors(tensors, NETWORK_PREFIX), uploadTensors(tensors, OPTIMISER_PREFIX)];
    try {
      this.network.setWeights(weights);
      this.#optimiser.restore(optimiser, counters.optimiserSteps!);
    } finally {
      tf.dispose([weights, optimiser]);
    }
  }

  async #prepareFace(
    dataset: LandmarkDataset,
    index: number,
    augmentation: AugmentationConfig,
    random: Random,
  ): Promise<NetworkFace> {
    const { cropSize } = this.config;
    const { inputSize } = this.network.config;
    const face = augmentFace(await dataset.sample(index), dataset.scheme, cropSize, augmentation, random);
    const lowResolution = this.degrade(face.image, random);
    const image = cropAndResize(lowResolution, { left: 0, top: 0, side: lowResolution.width }, inputSize);
    const whole = { left: 0, top: 0, side: cropSize };
    return { image, points: face.points.map((point) => pointToCrop(point, whole, inputSize)) };
  }

  #batchOf(faces: readonly NetworkFace[]): HeatmapBatch {
    const { inputSize, landmarks } = this.network.config;
    const visible = faces.flatMap(({ points }) => [...points.map(({ x }) => (Number.isNaN(x) ? 0 : 1)), 1]);
    return {
      images: facesToTensor(faces.map(({ image }) => image)),
      heatmaps: encodeHeatmaps(
        faces.map(({ points }) => points),
        { size: inputSize, sigma: this.config.sigma },
      ),
      visible: tf.tensor4d(visible, [faces.length, 1, 1, landmarks + 1]),
    };
  }

  async #predict(faces: readonly NetworkFace[]): Promise<Prediction[]> {
    const images = facesToTensor(faces.map(({ image }) => image));
    const heatmaps = this.network.apply(images);
    const decoded = await decodeHeatmaps(heatmaps);
    tf.dispose([images, heatmaps]);
    return faces.map((face, index) => ({ ...face, predicted: decoded[index]!.map(({ x, y }) => ({ x, y })) }));
  }
}
