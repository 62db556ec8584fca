import * as tf from '@tensorflow/tfjs-core';
import { augmentFace, noAugmentation } from '../augmentation/augment.js';
import { augmentUnlabelled } from '../augmentation/augment-unlabelled.js';
import { subsample } from '../augmentation/degrade.js';
import type { Dataset, LandmarkDataset } from '../datasets/dataset.js';
import type { UnlabelledSample } from '../datasets/samples.js';
import { DatasetError } from '../errors.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { facesToPlainTensor } from '../images/faces-to-tensor.js';
import type { HighToLowGenerator } from '../networks/high-to-low-generator.js';
import type { LowResDiscriminator } from '../networks/low-res-discriminator.js';
import { upload } from '../networks/plain-tensors.js';
import { updateBatchNorm } from '../networks/update-batch-norm.js';
import { Random } from '../random.js';
import { Adam } from '../training-loop/adam.js';
import type { RunStore } from '../training-loop/run-store.js';
import { Trainer } from '../training-loop/trainer.js';
import type { Metrics } from '../training-loop/trainer-types.js';
import { giveTurn } from '../turns.js';
import { compareDegradations } from './compare-degradations.js';
import { drawRealFaces } from './draw-real-faces.js';
import { drawNoise, generateFaces } from './generate-faces.js';
import type { HighToLowTrainerConfig } from './high-to-low-config.js';
import { type HighToLowBatch, HighToLowLearner } from './high-to-low-learner.js';

/** A run's G1 after its last epoch, which stage two starts from. */
export const GENERATOR_FILE = 'high-to-low-generator.safetensors';

/** A held-out face in the three rows of Fig. 4. */
export interface DegradedFace {
  highResolution: RgbImage;
  /** F of Eq. 4. */
  subsampled: RgbImage;
  /** G1's. */
  generated: RgbImage;
}

/** High-resolution faces and, unpaired, real low-resolution ones; for training and held out. */
export interface HighToLowData {
  training: LandmarkDataset;
  validation: LandmarkDataset;
  realTraining: Dataset<UnlabelledSample>;
  realValidation: Dataset<UnlabelledSample>;
}

/** The arguments of a {@link HighToLowTrainer}. */
export interface HighToLowTrainerInput extends HighToLowData {
  config: HighToLowTrainerConfig;
  store?: RunStore;
  /** A subclass of `HighToLowLearner` with other networks or losses. */
  learner?: new (
    config: HighToLowTrainerConfig,
  ) => HighToLowLearner;
}

const AUGMENTATION_STREAM = 2;
const VALIDATION_STREAM = 3;
const REAL_STREAM = 4;
const STATISTICS_STREAM = 7;
/** Batches over which the statistics of G1's BatchNorm are estimated after each epoch. */
const STATISTICS_BATCHES = 60;
/** D1 has won when its loss stays under this: G1 gets no useful gradient. */
const COLLAPSED_LOSS = 0.02;

/**
 * Stage one (section 3.1): trains G1 to degrade high-resolution faces so that D1 cannot distinguish them from real
 * low-resolution ones, without pairs. After each epoch, {@link compareDegradations} measures held-out faces.
 *
 * Override `degrade` for a target of the pixel loss other than F; pass a `learner` to change the networks or losses.
 *
 * @example
 * const config = resolveHighToLowConfig('stage-one', { scale: 'small' });
 * const trainer = new HighToLowTrainer({ config, ...data, store });
 * trainer.on('epoch', ({ validation }) => console.log(validation.generatedFrechet, validation.subsampledFrechet));
 * await trainer.train();
 */
export class HighToLowTrainer extends Trainer<HighToLowTrainerConfig, HighToLowBatch, HighToLowLearner> {
  /** Up to 12 held-out faces after the last epoch, for a picture like Fig. 4. */
  degraded: DegradedFace[] = [];
  protected readonly name: string = 'HighToLowTrainer';
  protected readonly learner: HighToLowLearner;
  protected readonly optimisers: Record<string, Adam>;
  protected readonly data: HighToLowData;

  constructor({ config, store, learner = HighToLowLearner, ...data }: HighToLowTrainerInput) {
    super(config, data.training.length, store);
    if (data.realTraining.length === 0) {
      throw new DatasetError('realTraining is empty: stage one learns from real low-resolution faces.');
    }
    this.data = data;
    this.learner = new learner(config);
    this.optimisers = {
      generator: new Adam(this.generator, config.adam),
      discriminator: new Adam(this.discriminator, config.adam),
    };
  }

  /** G1. */
  get generator(): HighToLowGenerator {
    return this.learner.networks.generator;
  }

  /** D1. */
  get discriminator(): LowResDiscriminator {
    return this.learner.networks.discriminator;
  }

  protected override describeData(): Record<string, unknown> {
    return { ...super.describeData(), realSamples: this.data.realTraining.length };
  }

  /** The target of the pixel loss: F of Eq. 4. */
  protected degrade(face: RgbImage, random: Random): RgbImage {
    return subsample(face, random);
  }

  protected override async prepareBatch(indices: readonly number[], epoch: number): Promise<HighToLowBatch> {
    const { augmentation, seed } = this.config;
    const { generator } = this;
    const { training, realTraining } = this.data;
    const { inputSize, noise } = generator.config;
    const randoms = indices.map((index) => new Random(seed, AUGMENTATION_STREAM, epoch, index));
    const samples = await Promise.all(indices.map((index) => training.get(index)));
    const faces = samples.map((sample, i) => {
      return augmentFace(sample, training.scheme, inputSize, augmentation, randoms[i]!).image;
    });
    const realRandoms = indices.map((index) => new Random(seed, REAL_STREAM, epoch, index));
    const real = await drawRealFaces(realTraining, generator.outputSize, augmentation, realRandoms);
    return {
      faces: facesToPlainTensor(faces),
      noise: { shape: [indices.length, noise], data: drawNoise(noise, randoms) },
      subsampled: facesToPlainTensor(faces.map((face, i) => this.degrade(face, randoms[i]!))),
      real: facesToPlainTensor(real),
    };
  }

  protected override async trainStep(batch: HighToLowBatch): Promise<Metrics> {
    const { learningRate } = this.state;
    const { generator, discriminator } = this.optimisers;
    const { loss, gradientNorm, ...terms } = await this.step('discriminator', batch, (gradients) =>
      discriminator!.apply(gradients, learningRate * this.config.discriminatorRate),
    );
    const ofGenerator = await this.step('generator', batch, (gradients) => generator!.apply(gradients, learningRate));
    const metrics = { ...ofGenerator, ...terms, discriminatorLoss: loss, discriminatorGradientNorm: gradientNorm };
    await this.#watchOver(metrics);
    return metrics;
  }

  protected override async validate(): Promise<Metrics> {
    const { validation, realValidation } = this.data;
    const { seed } = this.config;
    const { inputSize } = this.generator.config;
    await this.#updateBatchNorm();
    const faces = await mapSamples(validation, (sample) => {
      return augmentFace(sample, validation.scheme, inputSize, noAugmentation, new Random(0)).image;
    });
    const randoms = faces.map((_, index) => new Random(seed, VALIDATION_STREAM, index));
    const subsampled = faces.map((face, index) => this.degrade(face, randoms[index]!));
    const generated: RgbImage[] = [];
    for (let first = 0; first < faces.length; first += this.config.batchSize) {
      const last = first + this.config.batchSize;
      generated.push(...(await generateFaces(this.generator, faces.slice(first, last), randoms.slice(first, last))));
    }
    const real = await mapSamples(realValidation, (face) => {
      return augmentUnlabelled(face, this.generator.outputSize, noAugmentation, new Random(seed));
    });
    this.degraded = faces.slice(0, 12).map((highResolution, index) => {
      return { highResolution, subsampled: subsampled[index]!, generated: generated[index]! };
    });
    await this.store?.write(GENERATOR_FILE, await this.generator.save());
    return compareDegradations({ generated, subsampled, real }, seed);
  }

  /** Over training faces drawn at random. */
  async #updateBatchNorm(): Promise<void> {
    const { batchSize, seed } = this.config;
    const random = new Random(seed, STATISTICS_STREAM, this.state.epoch);
    const order = random.shuffle(Array.from({ length: this.samples }, (_, index) => index));
    const batches = Math.min(STATISTICS_BATCHES, Math.ceil(this.samples / batchSize));
    const run = async (batch: number) => {
      const indices = order.slice(batch * batchSize, (batch + 1) * batchSize);
      const { faces, noise } = await this.prepareBatch(indices, this.state.epoch);
      await giveTurn();
      tf.tidy(() => void this.generator.generate(upload(faces), upload<tf.Tensor2D>(noise), { training: true }));
    };
    await updateBatchNorm(this.generator, run, batches);
  }

  async #watchOver(metrics: Metrics): Promise<void> {
    await this.watch(
      'discriminator-collapsed',
      metrics.discriminatorLoss! < COLLAPSED_LOSS,
      'D1 distinguishes every generated face from every real one, so G1 learns from the pixel loss alone. Lower discriminatorRate or the widths of D1, or add real faces.',
    );
    await this.watch(
      'loss-order-broken',
      Math.abs(metrics.weightedGan!) < metrics.weightedPixel!,
      'The weighted pixel loss exceeds the weighted GAN loss, against Eq. 1 of the paper: faces come out smooth. Raise lossWeights.gan or lower lossWeights.pixel.',
    );
  }
}

function mapSamples<Sample, Result>(dataset: Dataset<Sample>, map: (sample: Sample) => Result): Promise<Result[]> {
  return Promise.all(Array.from({ length: dataset.length }, async (_, index) => map(await dataset.get(index))));
}
