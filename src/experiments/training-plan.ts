import { drawDegradations } from '../drawing/draw-degradations.js';
import { drawPredictions } from '../drawing/draw-predictions.js';
import { InvalidArgumentError } from '../errors.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import type { HeatmapUNet } from '../networks/heatmap-unet.js';
import { HighToLowGenerator } from '../networks/high-to-low-generator.js';
import { openTrainingData, type TrainingData } from '../node/datasets/training-data.js';
import { openUnlabelledData, type UnlabelledData } from '../node/datasets/unlabelled-data.js';
import { readWeights } from '../node/runs/read-weights.js';
import { loadBundledGenerator } from '../training/bundled-generator.js';
import { type HeatmapPreset, resolveHeatmapConfig } from '../training/heatmap-config.js';
import { HeatmapTrainer, WEIGHTS_FILE } from '../training/heatmap-trainer.js';
import { resolveHighToLowConfig } from '../training/high-to-low-config.js';
import { GENERATOR_FILE, HighToLowTrainer } from '../training/high-to-low-trainer.js';
import type { ConfigChanges, TrainingScale } from '../training/resolve-config.js';
import { resolveSemiSupervisedConfig, type SemiSupervisedPreset } from '../training/semi-supervised-config.js';
import { SemiSupervisedTrainer } from '../training/semi-supervised-trainer.js';
import type { Batch } from '../training-loop/learner.js';
import type { RunStore } from '../training-loop/run-store.js';
import type { Trainer } from '../training-loop/trainer.js';
import type { TrainerConfig } from '../training-loop/trainer-types.js';

/** All that can be trained by name. */
export const trainingPresets = ['stage-one', 'S1', 'S2', 'S3', 'S4', 'HR-LD', 'bundled'] as const;
export type TrainingPreset = (typeof trainingPresets)[number];

/** A trainer, and what its run leaves behind. */
export interface PlannedTraining {
  trainer: Trainer<TrainerConfig, Batch>;
  /** G2, where that is trained. */
  network?: HeatmapUNet;
  /** Weights of all networks that are trained. */
  parameterCount: number;
  /** The weights' file in the run's folder. */
  result: string;
  /** A picture of held-out faces after an epoch; none before the first. */
  draw(): RgbImage | undefined;
}

/** What a training learns from. */
export interface TrainingSources {
  labelled: TrainingData;
  /** Real low-resolution faces, for stage one and S4. */
  unlabelled?: UnlabelledData | undefined;
  /** G1, for S2 to S4. */
  generator?: HighToLowGenerator | undefined;
}

/** A training that has been checked, but has not touched any file or backend yet. */
export interface TrainingPlan {
  config: TrainerConfig;
  needsUnlabelled: boolean;
  needsGenerator: boolean;
  begin(sources: TrainingSources, store: RunStore): PlannedTraining;
}

/**
 * Plans a training by its name.
 *
 * @throws InvalidArgumentError when there is no such preset or scale, or a setting is wrong.
 */
export function planTraining(preset: string, scale: string, changes: Partial<TrainerConfig>): TrainingPlan {
  const scaled = { scale: scale as TrainingScale, ...changes };
  if (preset === 'stage-one') return planStageOne(preset, scaled);
  if (preset === 'S2' || preset === 'S3' || preset === 'S4') return planStageTwo(preset, scaled);
  if (!trainingPresets.includes(preset as TrainingPreset)) {
    throw new InvalidArgumentError(`There is no preset "${preset}". Choose ${trainingPresets.join(', ')}.`);
  }
  return planHeatmaps(preset as HeatmapPreset, scaled);
}

function planHeatmaps(preset: HeatmapPreset, changes: ConfigChanges<TrainerConfig>): TrainingPlan {
  const config = resolveHeatmapConfig(preset, changes);
  return {
    config,
    needsUnlabelled: false,
    needsGenerator: false,
    begin: ({ labelled }, store) => ofHeatmapTrainer(new HeatmapTrainer({ config, ...labelled, store })),
  };
}

function planStageOne(preset: 'stage-one', changes: ConfigChanges<TrainerConfig>): TrainingPlan {
  const config = resolveHighToLowConfig(preset, changes);
  return {
    config,
    needsUnlabelled: true,
    needsGenerator: false,
    begin({ labelled, unlabelled }, store) {
      const { training: realTraining, validation: realValidation } = unlabelled!;
      const trainer = new HighToLowTrainer({ config, ...labelled, realTraining, realValidation, store });
      return {
        trainer,
        parameterCount: trainer.generator.parameterCount + trainer.discriminator.parameterCount,
        result: GENERATOR_FILE,
        draw: () => (trainer.degraded.length > 0 ? drawDegradations(trainer.degraded) : undefined),
      };
    },
  };
}

function planStageTwo(preset: SemiSupervisedPreset, changes: ConfigChanges<TrainerConfig>): TrainingPlan {
  const config = resolveSemiSupervisedConfig(preset, changes);
  return {
    config,
    needsUnlabelled: preset === 'S4',
    needsGenerator: true,
    begin({ labelled, unlabelled, generator }, store) {
      const real = unlabelled && { real: unlabelled.training };
      return ofHeatmapTrainer(
        new SemiSupervisedTrainer({ config, ...labelled, ...real, generator: generator!, store }),
      );
    },
  };
}

function ofHeatmapTrainer(trainer: HeatmapTrainer | SemiSupervisedTrainer): PlannedTraining {
  return {
    trainer: trainer as Trainer<TrainerConfig, Batch>,
    network: trainer.network,
    parameterCount: trainer.network.parameterCount,
    result: WEIGHTS_FILE,
    draw: () => (trainer.predictions.length > 0 ? drawPredictions(trainer.predictions) : undefined),
  };
}

/**
 * Opens the faces that a plan needs.
 *
 * @throws DatasetError when they are not there.
 */
export async function openFaces(
  plan: Pick<TrainingPlan, 'config' | 'needsUnlabelled'>,
  folder: string,
): Promise<Omit<TrainingSources, 'generator'>> {
  const labelled = await openTrainingData(folder, plan.config.seed);
  return plan.needsUnlabelled
    ? { labelled, unlabelled: await openUnlabelledData(folder, plan.config.seed) }
    : { labelled };
}

/**
 * Loads G1 from a stage-one run's file, or the one in this package. The backend must have started.
 *
 * @throws InvalidArgumentError when there is no such file; WeightsMismatchError when it is another network's.
 */
export async function loadGenerator(path?: string): Promise<HighToLowGenerator> {
  return path === undefined ? loadBundledGenerator() : HighToLowGenerator.load(await readWeights(path));
}
