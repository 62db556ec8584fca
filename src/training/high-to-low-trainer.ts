import * as tf from '@tensorflow/tfjs-core';
import { augmentFace, noAugmentation } from '../augmentation/augment.js';
import { augmentUnlabelled } from '../augmentation/augment-unlabelled.js';
import { subsample } from '../augmentation/degrade.js';
import type { Dataset, LandmarkDataset } from '../datasets/dataset.js';
import type { UnlabelledSample } from '../datasets/samples.js';
import { DatasetError } from '../errors.js';
import type { PlainTensor } from '../formats/safetensors.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { facesToValues } from '../images/faces-to-tensor.js';
import type { HighToLowGenerator } from '../networks/high-to-low-generator.js';
import type { LowResDiscriminator } from '../networks/low-res-discriminator.js';
import { upload } from '../networks/plain-tensors.js';
import { updateBatchNorm } from '../networks/update-batch-norm.js';
import { Random } from '../random.js';
import { Adam } from '../training-loop/adam.js';
import type { RunStore } from '../training-loop/run-store.js';
import { Trainer } from '../training-loop/trainer.js';
import type { Metrics } from '../training-loop/trainer-types.js';
import { compareDegradations } from './compare-degradations.js';
import { drawNoise, generateFaces } from './generate-faces.js';
import type { HighToLowTrainerConfig } from './high-to-low-config.js';
import { type HighToLowBatch, HighToLowLearner } from './high-to-low-learner.js';

/** The file in which a run keeps G1's weights after each epoch: what stage two is given. */
export const GENERATOR_FILE = 'high-to-low-generator.safetensors';

/** A held-out face in the three rows of Fig. 4. */
export interface DegradedFace {
  highResolution: RgbImage;
  /** F of Eq. 4. */
  subsampled: RgbImage;
  /** What G1 makes of it. */
  generated: RgbImage;
}

/** High-resolution faces and real low-resolution ones, to learn from and held out. They are not of the same people. */
export interface HighToLowData {
  training: LandmarkDataset;
  validation: LandmarkDataset;
  realTraining: Dataset<UnlabelledSample>;
  realValidation: Dataset<UnlabelledSample>;
}

/** What a {@link HighToLowTrainer} works with. */
export interface HighToLowTrainerInput extends HighToLowData {
  config: HighToLowTrainerConfig;
  store?: RunStore;
  /** What learns: a subclass of `HighToLowLearner` with other networks or losses. */
  learner?: new (
    config: HighToLowTrainerConfig,
  ) => HighToLowLearner;
}

const AUGMENTATION_STREAM = 2;
const VALIDATION_STREAM = 3;
const REAL_STREAM = 4;
const STATISTICS_STREAM = 7;
/** Over so many batches the statistics of G1's BatchNorm are taken after each epoch. */
const STATISTICS_BATCHES = 60;
/** A discriminator whose loss stays under this has won: G1 gets no gradient worth having. */
const COLLAPSED_LOSS = 0.02;

/**
 * Stage one (section 3.1): trains G1 to make of high-resolution faces ones that D1 cannot tell from real low-resolution
 * faces, without pairs of the two.
 *
 * After each epoch it measures, on held-out faces, how far generated and subsampled faces are from real ones; see
 * {@link compareDegradations}.
 *
 * Override `degrade` to give G1 another target than F, and give it another `learner` to change the networks or the
 * losses.
 *
 * @example
 * const config = resolveHighToLowConfig('stage-one', { scale: 'small' });
 * const trainer = new HighToLowTrainer({ config, ...data, store });
 * trainer.on('epoch', ({ validation }) => console.log(validation.generatedFrechet, validation.subsampledFrechet));
 * await trainer.train();
 */
export class HighToLowTrainer extends Trainer<HighToLowTrainerConfig, HighToLowBatch, HighToLowLearner> {
  /** The first held-out faces after the last epoch, for a picture in the manner of Fig. 4. */
  degraded: DegradedFace[] = [];
  protected readonly name: string = 'HighToLowTrainer';
  protected readonly learner: HighToLowLearner;
  protected readonly optimisers: Record<string, Adam>;
  protected readonly data: HighToLowData;

  constructor({ config, store, learner = HighToLowLearner, ...data }: HighToLowTrainerInput) {
    super(config, data.training.length, store);
    if (data.realTraining.length === 0) {
      throw new DatasetError('There are no real low-resolution faces to learn from: stage one needs some.');
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

  /** What the pixel loss holds G1's faces to: F of Eq. 4. */
  protected degrade(face: RgbImage, random: Random): RgbImage {
    return subsample(face, random);
  }

  protected override async prepareBatch(indices: readonly number[], epoch: number): Promise<HighToLowBatch> {
    const { augmentation, seed } = this.config;
    const { training, realTraining } = this.data;
    const { inputSize, noise } = this.generator.config;
    const randoms = indices.map((index) => new Random(seed, AUGMENTATION_STREAM, epoch, index));
    const samples = await Promise.all(indices.map((index) => training.get(index)));
    const faces = samples.map((sample, i) => {
      return augmentFace(sample, training.scheme, inputSize, augmentation, randoms[i]!).image;
    });
    const realFaces = await Promise.all(
      indices.map(async (index) => {
        const random = new Random(seed, REAL_STREAM, epoch, index);
        const real = await realTraining.get(random.integer(0, realTraining.length - 1));
        return augmentUnlabelled(real, this.generator.outputSize, augmentation, random);
      }),
    );
    return {
      faces: toPlainTensor(faces),
      noise: { shape: [indices.length, noise], data: drawNoise(noise, randoms) },
      subsampled: toPlainTensor(faces.map((face, i) => this.degrade(face, randoms[i]!))),
      real: toPlainTensor(realFaces),
    };
  }

  protected override async trainStep(batch: HighToLowBatch): Promise<Metrics> {
    const { learningRate } = this.state;
    const ofDiscriminator = await this.step('discriminator', batch, (gradients) =>
      this.optimisers.discriminator!.apply(gradients, learningRate * this.config.discriminatorRate),
    );
    const ofGenerator = await this.step('generator', batch, (gradients) =>
      this.optimisers.generator!.apply(gradients, learningRate),
    );
    const { loss, gradientNorm, ...terms } = ofDiscriminator;
    const metrics: Metrics = {
      ...ofGenerator,
      ...terms,
      discriminatorLoss: loss,
      discriminatorGradientNorm: gradientNorm,
    };
    await this.#watchOver(metrics);
    return metrics;
  }

  protected override async validate(): Promise<Metrics> {
    const { realValidation } = this.data;
    const { seed } = this.config;
    await this.#updateBatchNorm();
    const faces = await this.#heldOutFaces();
    const randoms = faces.map((_, index) => new Random(seed, VALIDATION_STREAM, index));
    const subsampled = faces.map((face, index) => this.degrade(face, randoms[index]!));
    const generated: RgbImage[] = [];
    for (let first = 0; first < faces.length; first += this.config.batchSize) {
      const last = first + this.config.batchSize;
      generated.push(...(await generateFaces(this.generator, faces.slice(first, last), randoms.slice(first, last))));
    }
    const real = await Promise.all(
      Array.from({ length: realValidation.length }, async (_, index) => {
        const face = await realValidation.get(index);
        return augmentUnlabelled(face, this.generator.outputSize, noAugmentation, new Random(seed));
      }),
    );
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
      tf.tidy(() => void this.generator.generate(upload(faces), upload<tf.Tensor2D>(noise), { training: true }));
    };
    await updateBatchNorm(this.generator, run, batches);
  }

  async #heldOutFaces(): Promise<RgbImage[]> {
    const { validation } = this.data;
    return Promise.all(
      Array.from({ length: validation.length }, async (_, index) => {
        const sample = await validation.get(index);
        const { inputSize } = this.generator.config;
        return augmentFace(sample, validation.scheme, inputSize, noAugmentation, new Random(0)).image;
      }),
    );
  }

  async #watchOver(metrics: Metrics): Promise<void> {
    await this.watch(
      'discriminator-collapsed',
      metrics.discriminatorLoss! < COLLAPSED_LOSS,
      'D1 tells every generated face from every real one, so that G1 learns from the pixel loss alone. Lower its learning rate or widths, or give more real faces.',
    );
    await this.watch(
      'loss-order-broken',
      Math.abs(metrics.weightedGan!) < metrics.weightedPixel!,
      'The weighted pixel loss outweighs the weighted GAN loss, where the paper has it the other way round (Eq. 1): faces come out smooth. Raise lossWeights.gan or lower lossWeights.pixel.',
    );
  }
}

function toPlainTensor(faces: readonly RgbImage[]): PlainTensor {
  const { width, height } = faces[0]!;
  return { shape: [faces.length, height, width, 3], data: facesToValues(faces) };
}
