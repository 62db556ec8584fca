import { wholeNumber } from './whole-number.js';

/** @throws InvalidArgumentError unless `--workers` is a positive whole number. */
export function parseWorkers(text = '1'): number {
  return wholeNumber('workers', text, 1);
}
