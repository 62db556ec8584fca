// Checked by `npm run typecheck` against the built package: what researchers write must compile, what is wrong must not. Never run.
import * as tf from '@tensorflow/tfjs-core';
import type { RgbImage } from 'lowres-landmarks';
import {
  Adam,
  type Batch,
  type HeatmapBatch,
  HeatmapLearner,
  HeatmapTrainer,
  type HeatmapTrainerConfig,
  HeatmapUNet,
  HighToLowLearner,
  HighToLowTrainer,
  Learner,
  type LossTerms,
  LowResDiscriminator,
  type Metrics,
  MomentOptimiser,
  type Objective,
  type PlainTensor,
  resolveHeatmapConfig,
  resolveHighToLowConfig,
  resolveIdentityConfig,
  resolveSemiSupervisedConfig,
  SemiSupervisedLearner,
  SemiSupervisedTrainer,
  type Settings,
  Trainer,
  type TrainerConfig,
  type TrainingState,
} from 'lowres-landmarks/training';

declare const input: ConstructorParameters<typeof HeatmapTrainer>[0];
declare const stageOne: ConstructorParameters<typeof HighToLowTrainer>[0];

// Configurations: a preset, and what is to differ.
resolveHeatmapConfig('S1', { scale: 'small', network: { widths: [8, 8] } }) satisfies HeatmapTrainerConfig;
resolveHighToLowConfig('stage-one', { scale: 'small', lossWeights: { gan: 0.01, pixel: 1 } });
resolveSemiSupervisedConfig('S4', { scale: 'paper', confidenceDiscriminator: null });
resolveIdentityConfig('light-cnn', { dropout: 0.1 });
// @ts-expect-error S4 is stage two's.
resolveHeatmapConfig('S4');
// @ts-expect-error there is no such scale.
resolveHeatmapConfig('S1', { scale: 'tiny' });
// @ts-expect-error there is no such setting.
resolveHeatmapConfig('S1', { epoch: 3 });
// @ts-expect-error stage two's faces are G1's.
resolveSemiSupervisedConfig('S2', { lowResolution: 'varied' });

// States are read-only.
new HeatmapTrainer(input).on('step', (state) => {
  state satisfies TrainingState;
  // @ts-expect-error a listener cannot move the run.
  state.step = 3;
  // @ts-expect-error nor its metrics.
  state.metrics.loss = 0;
});
// @ts-expect-error there is no such event.
new HeatmapTrainer(input).on('batch', () => {});

/** Another degradation. */
export class Darker extends HeatmapTrainer {
  protected override degrade(face: RgbImage): RgbImage {
    return { ...face, data: face.data.map((value) => value / 2) };
  }
}

/** Another loss, and an objective more: its batch is typed, no cast. */
export class TwoLosses extends HeatmapLearner {
  static override readonly module = import.meta.url;

  override get objectives() {
    return { ...super.objectives, sharp: (batch: HeatmapBatch, { factor = 1 }: Settings) => this.sharp(batch, factor) };
  }

  protected override loss(truth: tf.Tensor4D, prediction: tf.Tensor4D, visible: tf.Tensor4D) {
    return super.loss(truth, tf.mul(prediction, 2), visible);
  }

  private sharp({ images }: HeatmapBatch, factor: number): Objective {
    const faces = tf.tensor4d(images.data, images.shape as [number, number, number, number]);
    return { trains: ['network'], loss: () => ({ loss: tf.mul(tf.mean(this.network.apply(faces)), factor) }) };
  }
}

/** A trainer knows its learner's objectives. */
export class TwoLossesTrainer extends HeatmapTrainer<HeatmapTrainerConfig, HeatmapBatch, TwoLosses> {
  protected override async trainStep(batch: HeatmapBatch): Promise<Metrics> {
    const { network } = this.optimisers;
    const { loss } = await this.step('heatmaps', batch, (gradients) => network!.apply(gradients, 1e-3));
    const sharp = await this.step('sharp', batch, (gradients) => network!.apply(gradients, 1e-3), { factor: 2 });
    // @ts-expect-error there is no such objective.
    await this.step('shrap', batch, () => {});
    // @ts-expect-error a part of the batch is missing.
    await this.step('sharp', { images: batch.images }, () => {});
    return { ...sharp, total: loss + sharp.loss };
  }
}
new TwoLossesTrainer({ ...input, learner: TwoLosses });
// @ts-expect-error a plain learner lacks the objective.
new TwoLossesTrainer({ ...input, learner: HeatmapLearner });
new HeatmapTrainer({ ...input, learner: TwoLosses });

/** The plain trainer knows the plain learner's objectives. */
export class Plain extends HeatmapTrainer {
  protected override trainStep(batch: HeatmapBatch): Promise<Metrics> {
    // @ts-expect-error that one is stage two's.
    void this.step('generator', batch, () => {});
    return super.trainStep(batch);
  }
}

/** A batch with more in it. */
type WeightedBatch = HeatmapBatch & { weights: PlainTensor };
export class WeightedTrainer extends HeatmapTrainer<HeatmapTrainerConfig, WeightedBatch> {
  protected override async prepareBatch(indices: readonly number[], epoch: number): Promise<WeightedBatch> {
    const weights = { shape: [indices.length], data: new Float32Array(indices.length) };
    return { ...(await super.prepareBatch(indices, epoch)), weights };
  }
}

/** A patch discriminator has four dimensions. */
export class Patches extends LowResDiscriminator {
  override apply(faces: tf.Tensor4D): tf.Tensor4D {
    return super.apply(faces) as tf.Tensor4D;
  }
}
export class PatchLearner extends HighToLowLearner {
  protected override buildDiscriminator() {
    return new Patches();
  }

  protected override discriminatorLoss(real: tf.Tensor, fake: tf.Tensor) {
    const [ofReal, ofFake]: tf.Scalar[] = [tf.mean(tf.square(real)), tf.mean(tf.square(fake))];
    return { total: tf.add<tf.Scalar>(ofReal!, ofFake!), real: ofReal!, fake: ofFake! };
  }

  protected override generatorLoss(scores: tf.Tensor): LossTerms {
    return { loss: tf.mean(scores) };
  }
}
new HighToLowTrainer({ ...stageOne, learner: PatchLearner });
// @ts-expect-error another stage's learner.
new HighToLowTrainer({ ...stageOne, learner: SemiSupervisedLearner });

/** Stage two's names. */
export class StageTwo extends SemiSupervisedTrainer {
  protected override async trainStep(batch: Parameters<SemiSupervisedTrainer['step']>[1]): Promise<Metrics> {
    await this.step('discriminators', batch, () => {}, { kt: 0.1 });
    // @ts-expect-error a typing error.
    await this.step('generatr', batch, () => {});
    return this.step('generator', batch, () => {});
  }
}

// From nothing: a learner, a trainer, an optimiser.
type NoiseBatch = { noise: PlainTensor };
export class NoiseLearner extends Learner<TrainerConfig, { network: HeatmapUNet }> {
  override get objectives() {
    return { noise: (batch: NoiseBatch): Objective => ({ trains: ['network'], loss: () => this.loss(batch) }) };
  }

  protected override buildNetworks() {
    return { network: new HeatmapUNet() };
  }

  private loss({ noise }: NoiseBatch): LossTerms {
    return { loss: tf.mean(tf.tensor(noise.data)) };
  }
}
export class NoiseTrainer extends Trainer<TrainerConfig, NoiseBatch, NoiseLearner> {
  protected readonly name = 'NoiseTrainer';
  protected readonly learner = new NoiseLearner(this.config);
  protected readonly optimisers = {
    network: new Adam(this.learner.networks.network, { beta1: 0.9, beta2: 0.99, epsilon: 1e-8 }),
  };

  protected override async prepareBatch(indices: readonly number[]): Promise<NoiseBatch> {
    return { noise: { shape: [indices.length], data: new Float32Array(indices.length) } };
  }

  protected override trainStep(batch: NoiseBatch): Promise<Metrics> {
    return this.step('noise', batch, (gradients) => this.optimisers.network.apply(gradients, this.state.learningRate));
  }

  protected override async validate(): Promise<Metrics> {
    return {};
  }
}

// @ts-expect-error the learner's batch is another than the trainer's.
export abstract class Mismatched extends Trainer<TrainerConfig, HeatmapBatch, NoiseLearner> {}
// @ts-expect-error a configuration without epochs.
export abstract class Unconfigured extends Trainer<{ seed: number }, NoiseBatch, NoiseLearner> {}
// @ts-expect-error a batch is tensors by name.
export abstract class Unbatched extends Trainer<TrainerConfig, { count: number }> {}

/** Any trainer can be watched. */
export function watch(trainer: Trainer<TrainerConfig, Batch>): void {
  trainer.on('epoch', ({ epoch, validation }) => console.log(epoch, validation.nrmse));
}
watch(new NoiseTrainer(resolveHeatmapConfig('S1'), 10));
watch(new HeatmapTrainer(input));
watch(new HighToLowTrainer(stageOne));

/** An optimiser of one's own. */
export class SignDescent extends MomentOptimiser {
  constructor(network: HeatmapUNet) {
    super(network, []);
  }

  protected override update({ variable, gradient }: Parameters<MomentOptimiser['update']>[0], rate: number) {
    return [tf.sub(variable, tf.mul(tf.sign(gradient), rate))] as const;
  }
}
