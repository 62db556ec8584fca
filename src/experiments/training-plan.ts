import type { Dataset, LandmarkDataset } from '../datasets/dataset.js';
import type { UnlabelledSample } from '../datasets/samples.js';
import { drawDegradations } from '../drawing/draw-degradations.js';
import { drawPredictions } from '../drawing/draw-predictions.js';
import { InvalidArgumentError } from '../errors.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import type { HeatmapUNet } from '../networks/heatmap-unet.js';
import { HighToLowGenerator } from '../networks/high-to-low-generator.js';
import { loadBundledGenerator } from '../training/bundled-generator.js';
import { resolveHeatmapConfig } from '../training/heatmap-config.js';
import { HeatmapTrainer, WEIGHTS_FILE } from '../training/heatmap-trainer.js';
import { resolveHighToLowConfig } from '../training/high-to-low-config.js';
import { GENERATOR_FILE, HighToLowTrainer } from '../training/high-to-low-trainer.js';
import type { ConfigChanges } from '../training/resolve-config.js';
import { resolveSemiSupervisedConfig, type SemiSupervisedPreset } from '../training/semi-supervised-config.js';
import { SemiSupervisedTrainer } from '../training/semi-supervised-trainer.js';
import type { RunStore } from '../training-loop/run-store.js';
import type { Trainer } from '../training-loop/trainer.js';
import type { TrainerConfig } from '../training-loop/trainer-types.js';

/** Names of all trainings. */
export const trainingPresets = ['stage-one', 'S1', 'S2', 'S3', 'S4', 'HR-LD', 'bundled'] as const;
/** One of {@link trainingPresets}. */
export type TrainingPreset = (typeof trainingPresets)[number];

/** Samples to learn from, and held-out ones of other people or photographs. */
export interface Split<Dataset> {
  training: Dataset;
  validation: Dataset;
}

/** What a preset learns from. */
export interface TrainingSources {
  labelled: Split<LandmarkDataset>;
  /** Real low-resolution faces, for stage one and S4. */
  unlabelled?: Split<Dataset<UnlabelledSample>> | undefined;
  /** G1, for S2 to S4. */
  generator?: HighToLowGenerator | undefined;
}

/** A trainer, and what its run leaves behind. */
export interface PlannedTraining {
  trainer: Trainer<TrainerConfig>;
  /** G2, where that is trained. */
  network?: HeatmapUNet;
  /** Weights of all networks that are trained. */
  parameterCount: number;
  /** The weights' file in the run's store. */
  file: string;
  /** A picture of held-out faces after an epoch; none before the first. */
  draw(): RgbImage | undefined;
}

/** A preset whose configuration has been checked; no file or backend has been touched yet. */
export interface TrainingPlan {
  config: TrainerConfig;
  needsUnlabelled: boolean;
  needsGenerator: boolean;
  begin(sources: TrainingSources, store: RunStore): PlannedTraining;
}

/** @throws InvalidArgumentError for an unknown preset or scale, or a wrong setting. */
export function planTraining(preset: TrainingPreset, changes: ConfigChanges<TrainerConfig>): TrainingPlan {
  if (!trainingPresets.includes(preset)) {
    throw new InvalidArgumentError(`There is no preset "${preset}". Choose ${trainingPresets.join(', ')}.`);
  }
  if (preset === 'stage-one') return planStageOne(preset, changes);
  if (preset === 'S2' || preset === 'S3' || preset === 'S4') return planStageTwo(preset, changes);
  const config = resolveHeatmapConfig(preset, changes);
  return {
    ...{ config, needsUnlabelled: false, needsGenerator: false },
    begin: ({ labelled }, store) => ofHeatmapTrainer(new HeatmapTrainer({ config, ...labelled, store })),
  };
}

function planStageOne(preset: 'stage-one', changes: ConfigChanges<TrainerConfig>): TrainingPlan {
  const config = resolveHighToLowConfig(preset, changes);
  return {
    ...{ config, needsUnlabelled: true, needsGenerator: false },
    begin({ labelled, unlabelled }, store) {
      const { training: realTraining, validation: realValidation } = unlabelled!;
      const trainer = new HighToLowTrainer({ config, ...labelled, realTraining, realValidation, store });
      return {
        trainer,
        parameterCount: trainer.generator.parameterCount + trainer.discriminator.parameterCount,
        file: GENERATOR_FILE,
        draw: () => (trainer.degraded.length > 0 ? drawDegradations(trainer.degraded) : undefined),
      };
    },
  };
}

function planStageTwo(preset: SemiSupervisedPreset, changes: ConfigChanges<TrainerConfig>): TrainingPlan {
  const config = resolveSemiSupervisedConfig(preset, changes);
  return {
    ...{ config, needsUnlabelled: preset === 'S4', needsGenerator: true },
    begin({ labelled, unlabelled, generator: given }, store) {
      const [generator, real] = [given!, unlabelled && { real: unlabelled.training }];
      return ofHeatmapTrainer(new SemiSupervisedTrainer({ config, ...labelled, ...real, generator, store }));
    },
  };
}

function ofHeatmapTrainer(trainer: HeatmapTrainer | SemiSupervisedTrainer): PlannedTraining {
  return {
    trainer,
    network: trainer.network,
    parameterCount: trainer.network.parameterCount,
    file: WEIGHTS_FILE,
    draw: () => (trainer.predictions.length > 0 ? drawPredictions(trainer.predictions) : undefined),
  };
}

/**
 * Loads G1 from a stage-one run's weights, or the bundled one. The backend must have started; the caller disposes it.
 *
 * @throws WeightsMismatchError for another network's weights.
 */
export async function loadGenerator(weights?: Uint8Array): Promise<HighToLowGenerator> {
  return weights ? HighToLowGenerator.load(weights) : loadBundledGenerator();
}
