import { InvalidArgumentError } from '../errors.js';

/** @throws InvalidArgumentError unless `--workers` is a positive whole number. */
export function parseWorkers(text = '1'): number {
  if (/^\d+$/.test(text) && Number(text) > 0) return Number(text);
  throw new InvalidArgumentError(`--workers takes a positive whole number, not ${JSON.stringify(text)}.`);
}
