import { TrainingDivergedError } from '../errors.js';
import type { PlainTensor } from '../formats/safetensors.js';
import type { Metrics, TrainingState } from './trainer-types.js';

type Run = Pick<TrainingState, 'step' | 'learningRate'> & { lastCheckpoint: string };

/** @throws TrainingDivergedError when a metric of the step after `run.step` is NaN or infinite. */
export function assertFiniteMetrics(metrics: Metrics, run: Run): void {
  const broken = Object.keys(metrics).find((key) => !Number.isFinite(metrics[key]));
  if (broken) throw diverged(`${broken} became ${metrics[broken]} at step ${run.step + 1}`, run);
}

/** @throws TrainingDivergedError when weights are NaN or infinite. */
export function assertFiniteWeights(tensors: Readonly<Record<string, PlainTensor>>, run: Run): void {
  const broken = Object.keys(tensors).find((name) => !tensors[name]!.data.every(Number.isFinite));
  if (broken) throw diverged(`${broken} holds NaN or infinite numbers after step ${run.step}`, run);
}

function diverged(what: string, { learningRate, lastCheckpoint }: Run): TrainingDivergedError {
  return new TrainingDivergedError(
    `${what}. Lower the learning rate (${learningRate}) or look for broken samples; checkpoint: ${lastCheckpoint}.`,
  );
}
