import { InvalidArgumentError } from '../errors.js';
import type { TrainerConfig } from '../training/trainer-types.js';

/** @throws InvalidArgumentError unless `--epochs` and `--seed`, where given, are whole numbers. */
export function parseChanges(options: {
  epochs?: string | undefined;
  seed?: string | undefined;
}): Partial<TrainerConfig> {
  return {
    ...(options.epochs === undefined ? {} : { epochs: asInteger('epochs', options.epochs) }),
    ...(options.seed === undefined ? {} : { seed: asInteger('seed', options.seed) }),
  };
}

function asInteger(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError(`--${name} takes a whole number, got "${text}".`);
  return Number(text);
}
