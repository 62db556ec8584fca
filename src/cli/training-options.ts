import type { TrainingScale } from '../training/resolve-config.js';

/** The options that every command that trains has. */
export interface TrainingCommandOptions {
  data: string;
  out: string;
  scale?: TrainingScale | undefined;
  generator?: string | undefined;
  resume?: boolean | undefined;
  epochs?: number | undefined;
  seed?: number | undefined;
  backend?: string | undefined;
  workers?: number | undefined;
}
