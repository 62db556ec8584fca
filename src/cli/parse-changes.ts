import type { TrainerConfig } from '../training-loop/trainer-types.js';
import { wholeNumber } from './whole-number.js';

/** @throws InvalidArgumentError unless `--epochs` and `--seed`, where given, are whole numbers, and there is an epoch. */
export function parseChanges(options: {
  epochs?: string | undefined;
  seed?: string | undefined;
}): Partial<TrainerConfig> {
  return {
    ...(options.epochs === undefined ? {} : { epochs: wholeNumber('epochs', options.epochs, 1) }),
    ...(options.seed === undefined ? {} : { seed: wholeNumber('seed', options.seed, 0) }),
  };
}
