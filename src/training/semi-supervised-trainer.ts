import { augmentUnlabelled } from '../augmentation/augment-unlabelled.js';
import type { Dataset } from '../datasets/dataset.js';
import type { UnlabelledSample } from '../datasets/samples.js';
import { InvalidArgumentError } from '../errors.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { facesToValues } from '../images/faces-to-tensor.js';
import type { HighToLowGenerator } from '../networks/high-to-low-generator.js';
import type { Network } from '../networks/network.js';
import { Random } from '../random.js';
import { Adam } from '../training-loop/adam.js';
import type { Metrics } from '../training-loop/trainer-types.js';
import { generateFaces } from './generate-faces.js';
import { HeatmapTrainer, type HeatmapTrainerInput } from './heatmap-trainer.js';
import { KtBalancer } from './kt-balancer.js';
import type { SemiSupervisedTrainerConfig } from './semi-supervised-config.js';
import { type SemiSupervisedBatch, SemiSupervisedLearner } from './semi-supervised-learner.js';

/** What a {@link SemiSupervisedTrainer} works with. */
export interface SemiSupervisedTrainerInput extends Omit<HeatmapTrainerInput, 'config' | 'learner'> {
  config: SemiSupervisedTrainerConfig;
  /** G1, trained by stage one. It stays as it is, and the caller's. */
  generator: HighToLowGenerator;
  /** Real low-resolution faces; D3 needs them. */
  real?: Dataset<UnlabelledSample>;
  /** What learns: a subclass of `SemiSupervisedLearner` with other networks or losses. */
  learner?: new (
    config: SemiSupervisedTrainerConfig,
  ) => SemiSupervisedLearner;
}

const REAL_STREAM = 5;
/** D3 has won when the sum of its three errors stays under this. */
const COLLAPSED_LOSS = 0.02;

/**
 * Stage two (sections 3.2 and 3.3): trains G2 on the faces that a frozen G1 makes of labelled ones, and, in settings S3
 * and S4, D2 and D3 together with it. D3 also sees real low-resolution faces, of which nobody knows the landmarks.
 *
 * Override `degradeAll` to make low-resolution faces another way, `prepareBatch` to draw other faces, and give it
 * another `learner` to change the networks or the losses.
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
    assertUsable(input.config, generator, real);
    super({ ...input, learner });
    this.generator = generator;
    this.real = input.config.confidenceDiscriminator ? real : undefined;
    this.balancer = new KtBalancer(input.config.balance);
  }

  protected override buildOptimisers(): Record<string, Adam> {
    const { networks, config } = this.learner;
    return Object.fromEntries(
      Object.entries(networks).map(([name, network]) => [name, new Adam(network, config.adam)]),
    );
  }

  /** G1 too: a resumed run goes on with the same. */
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

  /** What G1 makes of the faces. */
  protected override degradeAll(faces: readonly RgbImage[], randoms: readonly Random[]): Promise<RgbImage[]> {
    return generateFaces(this.generator, faces, randoms);
  }

  protected override async prepareBatch(indices: readonly number[], epoch: number): Promise<SemiSupervisedBatch> {
    const batch = await super.prepareBatch(indices, epoch);
    const { real } = this;
    if (!real) return batch;
    const { seed, augmentation } = this.config;
    const { inputSize } = this.network.config;
    const faces = await Promise.all(
      indices.map(async (index) => {
        const random = new Random(seed, REAL_STREAM, epoch, index);
        return augmentUnlabelled(await real.get(random.integer(0, real.length - 1)), inputSize, augmentation, random);
      }),
    );
    return { ...batch, real: { shape: [faces.length, inputSize, inputSize, 3], data: facesToValues(faces) } };
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

  /** Eq. 8, after both steps, from what this batch gave. */
  #balance({ realReconstruction, fakeReconstruction }: Metrics): Metrics {
    if (realReconstruction === undefined || fakeReconstruction === undefined) return {};
    const convergence = this.balancer.convergence(realReconstruction, fakeReconstruction);
    const kt = this.balancer.k;
    this.balancer.update(realReconstruction, fakeReconstruction);
    return { kt, convergence };
  }

  async #watchOver(metrics: Metrics): Promise<void> {
    const { kt = 0, weightedMse = 0, weightedKeypoint, weightedConfidence } = metrics;
    const { confidenceReal, confidenceFakeGenerated = 0, confidenceFakeReal = 0 } = metrics;
    await this.watch(
      'kt-saturated',
      kt >= 1,
      'k_t stays at 1: G2 fools D2 whatever it does. Lower balance.lambda or lossWeights.keypoint, or widen D2.',
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
      'D3 tells every prediction from the ground truth, so that G2 learns nothing from it. Narrow it or lower the learning rate.',
    );
  }
}

/** Before any network is made. */
function assertUsable(
  { cropSize, confidenceDiscriminator }: SemiSupervisedTrainerConfig,
  generator: HighToLowGenerator,
  real: Dataset<UnlabelledSample> | undefined,
): void {
  const { inputSize } = generator.config;
  if (inputSize !== cropSize) {
    throw new InvalidArgumentError(
      `G1 takes faces of ${inputSize} pixels, cropSize is ${cropSize}: set cropSize to G1's inputSize.`,
    );
  }
  if (confidenceDiscriminator && !real?.length) {
    throw new InvalidArgumentError(
      'D3 learns from real low-resolution faces, and there are none: give "real", or set confidenceDiscriminator to null.',
    );
  }
}
