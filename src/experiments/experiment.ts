import type { RunStore } from '../training-loop/run-store.js';
import type { TrainingState } from '../training-loop/trainer-types.js';

/** How far one of an experiment's trainings is. */
export interface TrainingProgress {
  /** Names the training: `S4`. */
  training: string;
  epochs: number;
  state: Readonly<TrainingState>;
}

/** What a training begins with. */
export interface TrainingStart {
  backend: string;
  /** Weights of all networks that are trained. */
  parameterCount: number;
  /** Samples of an epoch. */
  samples: number;
  heldOut: number;
}

/** How far a predictor or an aligner is with its faces. */
export interface FacesProgress {
  /** Of the predictor or aligner. */
  name: string;
  done: number;
  total: number;
  /** How many of those done it failed on. */
  lost: number;
}

/** What happens in an experiment, as plain data, discriminated by `kind`. */
export type ExperimentEvent =
  | ({ kind: 'training-started' } & TrainingProgress & TrainingStart)
  | ({ kind: 'training-step' } & TrainingProgress)
  | ({ kind: 'training-epoch' } & TrainingProgress)
  | { kind: 'training-warning'; training: string; step: number; message: string }
  | ({ kind: 'faces-predicted' } & FacesProgress)
  | ({ kind: 'faces-aligned' } & FacesProgress)
  | { kind: 'note'; message: string };

/** What every experiment takes. The backend must have started (`useBackend`). */
export interface ExperimentOptions {
  /** Where checkpoints, predictions and pictures go: `createRunFolder` of `lowres-landmarks/node`. */
  store: RunStore;
  /** Whether to continue a run that the store holds; by default such a run is an error. */
  resume?: boolean | undefined;
  /** Worker threads that share a batch; see `TrainOptions`. 1 by default. */
  workers?: number | undefined;
  /** Stops the experiment, which then rejects with the signal's reason and can be resumed. */
  signal?: AbortSignal | undefined;
  /** Called with each event as it happens. */
  onProgress?: ((event: ExperimentEvent) => void) | undefined;
}

/** What fixes a run's results. */
export type RunSettings = Readonly<Record<string, unknown>>;

/** What every experiment with a report takes. */
export interface EvaluationOptions extends ExperimentOptions {
  /** More settings that fix the results, such as the data's path: kept, reported, and the same in a resumed run. */
  conditions?: RunSettings | undefined;
  /** Reported after the settings: the machine, for example. */
  environment?: Readonly<Record<string, string>> | undefined;
}
