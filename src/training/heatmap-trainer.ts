import { type AugmentationConfig, augmentFace, noAugmentation } from '../augmentation/augment.js';
import { type Degradation, keepResolution, subsample, variedDegradation } from '../augmentation/degrade.js';
import type { LandmarkDataset } from '../datasets/dataset.js';
import { InvalidArgumentError } from '../errors.js';
import { cropAndResize, pointToCrop } from '../geometry/crop.js';
import type { Point } from '../geometry/point.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { encodeHeatmapArray } from '../heatmaps/encode.js';
import { facesToPlainTensor } from '../images/faces-to-tensor.js';
import type { HeatmapUNet } from '../networks/heatmap-unet.js';
import { Random } from '../random.js';
import { Adam } from '../training-loop/adam.js';
import type { RunStore } from '../training-loop/run-store.js';
import { Trainer } from '../training-loop/trainer.js';
import type { Metrics } from '../training-loop/trainer-types.js';
import type { HeatmapTrainerConfig, LowResolutionSource } from './heatmap-config.js';
import { type HeatmapBatch, HeatmapLearner } from './heatmap-learner.js';
import { landmarkErrorMetrics } from './landmark-error-metrics.js';
import { predictLandmarks } from './predict-landmarks.js';

/** A run's weights after its last epoch, which the detector loads. */
export const WEIGHTS_FILE = 'heatmap-unet.safetensors';

/** The network's input, with the landmarks in its pixels. */
export interface NetworkFace {
  image: RgbImage;
  points: Point[];
}

/** A held-out face with the network's prediction. */
export interface Prediction extends NetworkFace {
  predicted: Point[];
}

/** The arguments of a {@link HeatmapTrainer}. */
export interface HeatmapTrainerInput<
  Config extends HeatmapTrainerConfig = HeatmapTrainerConfig,
  OwnLearner extends HeatmapLearner<Config> = HeatmapLearner<Config>,
> {
  config: Config;
  training: LandmarkDataset;
  validation: LandmarkDataset;
  store?: RunStore;
  /** A subclass of `HeatmapLearner` with another network or loss. */
  learner?: new (
    config: Config,
  ) => OwnLearner;
}

const AUGMENTATION_STREAM = 2;
const VALIDATION_STREAM = 3;

const degradations: Readonly<Record<LowResolutionSource, Degradation>> = {
  subsample,
  none: keepResolution,
  varied: variedDegradation(),
  generated() {
    throw new InvalidArgumentError(
      'lowResolution "generated" needs G1: use a SemiSupervisedTrainer, or override degradeAll.',
    );
  },
};

/**
 * Trains the heatmap generator G2 alone with l_MSE (Eq. 10): settings S1 and HR-LD, and the bundled weights.
 *
 * Override `degrade` or `prepareBatch` to change the training samples; pass a `learner` to change the network or loss.
 *
 * @example
 * const trainer = new HeatmapTrainer({ config: resolveHeatmapConfig('S1', { epochs: 10 }), training, validation });
 * trainer.on('epoch', ({ epoch, validation }) => console.log(epoch, validation.nrmse));
 * await trainer.train();
 */
export class HeatmapTrainer<
  Config extends HeatmapTrainerConfig = HeatmapTrainerConfig,
  OwnBatch extends HeatmapBatch = HeatmapBatch,
  OwnLearner extends HeatmapLearner<Config> = HeatmapLearner<Config>,
> extends Trainer<Config, OwnBatch, OwnLearner> {
  /** G2, the learner's. */
  readonly network: HeatmapUNet;
  /** Up to 32 held-out faces with the predictions of the last validation, for pictures. */
  predictions: Prediction[] = [];
  protected readonly name: string = 'HeatmapTrainer';
  protected readonly learner: OwnLearner;
  protected readonly training: LandmarkDataset;
  protected readonly validation: LandmarkDataset;
  protected readonly optimisers: Record<string, Adam>;
  readonly #degradation: Degradation;

  constructor({ config, training, validation, store, learner }: HeatmapTrainerInput<Config, OwnLearner>) {
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
    // A caller with another type of learner passes its class.
    const LearnerClass = learner ?? (HeatmapLearner<Config> as unknown as new (config: Config) => OwnLearner);
    this.learner = new LearnerClass({ ...config, network: { seed: config.seed, ...config.network, landmarks } });
    this.network = this.learner.network;
    this.optimisers = this.buildOptimisers();
    this.#degradation = degradations[config.lowResolution];
  }

  /** An optimiser for each trained network. Called by the constructor. */
  protected buildOptimisers(): Record<string, Adam> {
    return { network: new Adam(this.network, this.config.adam) };
  }

  /** Makes a high-resolution face low-resolution; the result is resampled to the network's input size. */
  protected degrade(face: RgbImage, random: Random): RgbImage {
    return this.#degradation(face, random);
  }

  /**
   * Makes high-resolution faces low-resolution, by default one by one. Override it for a degradation that works on
   * batches.
   *
   * @param randoms One for each face.
   */
  protected async degradeAll(faces: readonly RgbImage[], randoms: readonly Random[]): Promise<RgbImage[]> {
    return faces.map((face, index) => this.degrade(face, randoms[index]!));
  }

  protected override async prepareBatch(indices: readonly number[], epoch: number): Promise<OwnBatch> {
    const { seed, augmentation } = this.config;
    const randoms = indices.map((index) => new Random(seed, AUGMENTATION_STREAM, epoch, index));
    return this.#toBatch(await this.#prepareFaces(this.training, indices, augmentation, randoms)) as OwnBatch;
  }

  protected override trainStep(batch: OwnBatch): Promise<Metrics> {
    const { learningRate } = this.state;
    return this.step('heatmaps', batch, (gradients) => this.optimisers.network!.apply(gradients, learningRate));
  }

  protected override async validate(): Promise<Metrics> {
    const { seed, batchSize } = this.config;
    const predictions: Prediction[] = [];
    for (let first = 0; first < this.validation.length; first += batchSize) {
      const count = Math.min(batchSize, this.validation.length - first);
      const indices = Array.from({ length: count }, (_, offset) => first + offset);
      const randoms = indices.map((index) => new Random(seed, VALIDATION_STREAM, index));
      const faces = await this.#prepareFaces(this.validation, indices, noAugmentation, randoms);
      const predicted = await predictLandmarks(
        this.network,
        faces.map(({ image }) => image),
      );
      predictions.push(...faces.map((face, i) => ({ ...face, predicted: predicted[i]! })));
    }
    this.predictions = predictions.slice(0, 32);
    await this.store?.write(WEIGHTS_FILE, await this.network.save());
    return landmarkErrorMetrics(predictions);
  }

  async #prepareFaces(
    dataset: LandmarkDataset,
    indices: readonly number[],
    augmentation: AugmentationConfig,
    randoms: readonly Random[],
  ): Promise<NetworkFace[]> {
    const { cropSize } = this.config;
    const { inputSize } = this.network.config;
    const samples = await Promise.all(indices.map((index) => dataset.get(index)));
    const faces = samples.map((sample, i) => augmentFace(sample, dataset.scheme, cropSize, augmentation, randoms[i]!));
    const images = await this.degradeAll(
      faces.map(({ image }) => image),
      randoms,
    );
    const whole = (side: number) => ({ left: 0, top: 0, side });
    return faces.map(({ points }, i) => ({
      image: cropAndResize(images[i]!, whole(images[i]!.width), inputSize),
      points: points.map((point) => pointToCrop(point, whole(cropSize), inputSize)),
    }));
  }

  #toBatch(faces: readonly NetworkFace[]): HeatmapBatch {
    const { inputSize, landmarks } = this.network.config;
    const [count, channels, options] = [faces.length, landmarks + 1, { size: inputSize, sigma: this.config.sigma }];
    const heatmaps = new Float32Array(count * inputSize * inputSize * channels);
    faces.forEach(({ points }, face) => {
      heatmaps.set(encodeHeatmapArray(points, options), face * inputSize * inputSize * channels);
    });
    const visible = faces.flatMap(({ points }) => [...points.map(({ x }) => (Number.isNaN(x) ? 0 : 1)), 1]);
    return {
      images: facesToPlainTensor(faces.map(({ image }) => image)),
      heatmaps: { shape: [count, inputSize, inputSize, channels], data: heatmaps },
      visible: { shape: [count, 1, 1, channels], data: Float32Array.from(visible) },
    };
  }
}
