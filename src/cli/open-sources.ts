import { loadGenerator, type TrainingPlan, type TrainingSources } from '../experiments/training-plan.js';
import { openTrainingData, openUnlabelledData } from '../node/datasets/data-folder.js';
import { readWeights } from '../node/runs/read-weights.js';

/**
 * Opens the faces that a training needs.
 *
 * @throws DatasetError when they are missing.
 */
export async function openFaces(plan: TrainingPlan, folder: string): Promise<Omit<TrainingSources, 'generator'>> {
  const labelled = await openTrainingData(folder, plan.config.seed);
  if (!plan.needsUnlabelled) return { labelled };
  return { labelled, unlabelled: await openUnlabelledData(folder, plan.config.seed) };
}

/** Loads G1 where a training needs it: of a stage-one run's file, or of this package. The backend must have started. */
export async function openGenerator(
  plan: TrainingPlan,
  path: string | undefined,
): Promise<TrainingSources['generator']> {
  return plan.needsGenerator ? loadGenerator(await readWeightsIfGiven(path)) : undefined;
}

/** The content of a weights file that an option names, where it is given. */
export async function readWeightsIfGiven(path: string | undefined): Promise<Uint8Array | undefined> {
  return path === undefined ? undefined : readWeights(path);
}
