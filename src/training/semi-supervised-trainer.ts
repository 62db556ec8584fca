import type { Dataset } from '../datasets/dataset.js';
import type { UnlabelledSample } from '../datasets/samples.js';
import { InvalidArgumentError } from '../errors.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { facesToPlainTensor } from '../images/faces-to-tensor.js';
import type { HighToLowGenerator } from '../networks/high-to-low-generator.js';
import type { Network } from '../networks/network.js';
import { Random } from '../random.js';
import { Adam } from '../training-loop/adam.js';
import type { Metrics } from '../training-loop/trainer-types.js';
import { drawRealFaces } from './draw-real-faces.js';
import { generateFaces } from './generate-faces.js';
import { HeatmapTrainer, type HeatmapTrainerInput } from './heatmap-trainer.js';
import { KtBalancer } from './kt-balancer.js';
import type { SemiSupervisedTrainerConfig } from './semi-supervised-config.js';
import { type SemiSupervisedBatch, SemiSupervisedLearner } from './semi-supervised-learner.js';

/** The arguments of a {@link SemiSupervisedTrainer}. */
export interface SemiSupervisedTrainerInput extends Omit<HeatmapTrainerInput, 'config' | 'learner'> {
  config: SemiSupervisedTrainerConfig;
  /** G1, trained by stage one: frozen here, and the caller's to dispose. */
  generator: HighToLowGenerator;
  /** Real low-resolution faces; D3 needs them. */
  real?: Dataset<UnlabelledSample>;
  /** A subclass of `SemiSupervisedLearner` with other networks or losses. */
  learner?: new (
    config: SemiSupervisedTrainerConfig,
  ) => SemiSupervisedLearner;
}

const REAL_STREAM = 5;
/** D3 has won when the sum of its three errors stays under this. */
const COLLAPSED_LOSS = 0.02;

/**
 * Stage two (sections 3.2 and 3.3): trains G2 on labelled faces degraded by a frozen G1, together with D2 (S3, S4) and
 * D3 (S4), which also sees real, unlabelled low-resolution faces.
 *
 * Override `degradeAll` for another degradation, `prepareBatch` to draw other faces; pass a `learner` to change the
 * networks or losses.
 *
 * @example
 * const generator = HighToLowGenerator.load(await readWeights('run/stage-one/high-to-low-generator.safetensors'));
 * const config = resolveSemiSupervisedConfig('S4', { scale: 'small' });
 * const trainer = new SemiSupervisedTrainer({ config, training, validation, generator, real });
 * await trainer.train();
 */
export class SemiSupervisedTrainer extends HeatmapTrainer<
  SemiSupervisedTrainerConfig,
  SemiSupervisedBatch,
  SemiSupervisedLearner
> {
  /** k_t of Eq. 8. */
  readonly balancer: KtBalancer;
  protected override readonly name: string = 'SemiSupervisedTrainer';
  protected readonly generator: HighToLowGenerator;
  protected readonly real: Dataset<UnlabelledSample> | undefined;

  constructor({ generator, real, learner = SemiSupervisedLearner, ...input }: SemiSupervisedTrainerInput) {
    const { cropSize, confidenceDiscriminator } = input.config;
    const { inputSize } = generator.config;
    if (inputSize !== cropSize) {
      throw new InvalidArgumentError(
        `G1 takes faces of ${inputSize} pixels, cropSize is ${cropSize}: set cropSize to G1's inputSize.`,
      );
    }
    if (confidenceDiscriminator && !real?.length) {
      throw new InvalidArgumentError(
        'D3 learns from real low-resolution faces: pass some as "real", or set confidenceDiscriminator to null.',
      );
    }
    super({ ...input, learner });
    this.generator = generator;
    this.real = confidenceDiscriminator ? real : undefined;
    this.balancer = new KtBalancer(input.config.balance);
  }

  protected override buildOptimisers(): Record<string, Adam> {
    const { networks, config } = this.learner;
    return Object.fromEntries(Object.entries(networks).map(([name, one]) => [name, new Adam(one, config.adam)]));
  }

  /** G1 too, so that a resumed run has the same. */
  protected override get savedNetworks(): Readonly<Record<string, Network>> {
    return { ...this.learner.networks, generator: this.generator };
  }

  protected override saveCounters(): Record<string, number> {
    return { kt: this.balancer.k };
  }

  protected override restoreCounters({ kt }: Readonly<Record<string, number>>): void {
    this.balancer.k = kt!;
  }

  protected override describeData(): Record<string, unknown> {
    return { ...super.describeData(), ...(this.real && { realSamples: this.real.length }) };
  }

  /** By G1. */
  protected override degradeAll(faces: readonly RgbImage[], randoms: readonly Random[]): Promise<RgbImage[]> {
    return generateFaces(this.generator, faces, randoms);
  }

  protected override async prepareBatch(indices: readonly number[], epoch: number): Promise<SemiSupervisedBatch> {
    const batch = await super.prepareBatch(indices, epoch);
    if (!this.real) return batch;
    const { seed, augmentation } = this.config;
    const randoms = indices.map((index) => new Random(seed, REAL_STREAM, epoch, index));
    const real = await drawRealFaces(this.real, this.network.config.inputSize, augmentation, randoms);
    return { ...batch, real: facesToPlainTensor(real) };
  }

  protected override async trainStep(batch: SemiSupervisedBatch): Promise<Metrics> {
    const { network, ...discriminators } = this.optimisers;
    const { learningRate } = this.state;
    const ofDiscriminators: Metrics = {};
    if (Object.keys(discriminators).length > 0) {
      const update = (gradients: Parameters<Adam['apply']>[0]) => {
        for (const optimiser of Object.values(discriminators)) optimiser.apply(gradients, learningRate);
      };
      const metrics = await this.step('discriminators', batch, update, { kt: this.balancer.k });
      const { loss, gradientNorm, ...terms } = metrics;
      Object.assign(ofDiscriminators, terms, { discriminatorLoss: loss, discriminatorGradientNorm: gradientNorm });
    }
    const ofGenerator = await this.step('generator', batch, (gradients) => network!.apply(gradients, learningRate));
    const metrics = { ...ofGenerator, ...ofDiscriminators, ...this.#balance(ofDiscriminators) };
    await this.#watchOver(metrics);
    return metrics;
  }

  /** Eq. 8, after both steps, from this batch's losses. */
  #balance({ realReconstruction, fakeReconstruction }: Metrics): Metrics {
    if (realReconstruction === undefined || fakeReconstruction === undefined) return {};
    const convergence = this.balancer.convergence(realReconstruction, fakeReconstruction);
    const kt = this.balancer.k;
    // A loss that is not finite ends the training as soon as the step's metrics are seen.
    if (Number.isFinite(convergence)) this.balancer.update(realReconstruction, fakeReconstruction);
    return { kt, convergence };
  }

  async #watchOver(metrics: Metrics): Promise<void> {
    const { kt = 0, weightedMse = 0, weightedKeypoint, weightedConfidence } = metrics;
    const { confidenceReal, confidenceFakeGenerated = 0, confidenceFakeReal = 0 } = metrics;
    await this.watch(
      'kt-saturated',
      kt >= 1,
      'k_t stays at 1: D2 cannot keep up with G2. Lower balance.lambda or lossWeights.keypoint, or widen D2.',
    );
    const order = [weightedMse, weightedKeypoint, weightedConfidence].filter((term) => term !== undefined);
    await this.watch(
      'loss-order-broken',
      order.some((term, index) => index > 0 && term >= order[index - 1]!),
      'The weighted terms of Eq. 13 are not in the order a l_MSE > b l_kp > c l_conf. Lower lossWeights.keypoint or lossWeights.confidence.',
    );
    await this.watch(
      'discriminator-collapsed',
      confidenceReal !== undefined && confidenceReal + confidenceFakeGenerated + confidenceFakeReal < COLLAPSED_LOSS,
      'D3 distinguishes every prediction from the ground truth, so G2 learns nothing from it. Narrow D3 or lower the learning rate.',
    );
  }
}
