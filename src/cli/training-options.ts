import type { TrainerConfig } from '../training-loop/trainer-types.js';

/** The options that every command that trains has. */
export interface TrainingOptions {
  data: string;
  out: string;
  scale?: string | undefined;
  generator?: string | undefined;
  resume?: boolean | undefined;
  epochs?: number | undefined;
  seed?: number | undefined;
  backend?: string | undefined;
  workers?: number | undefined;
}

/** What `--epochs` and `--seed` change in a preset. */
export function trainingChanges({ epochs, seed }: Pick<TrainingOptions, 'epochs' | 'seed'>): Partial<TrainerConfig> {
  return { ...(epochs !== undefined && { epochs }), ...(seed !== undefined && { seed }) };
}
