import { InvalidArgumentError } from '../errors.js';

/**
 * An option that counts something.
 *
 * @throws InvalidArgumentError unless it is a whole number, and at least `least`.
 */
export function wholeNumber(option: string, text: string, least: number): number {
  if (/^\d+$/.test(text) && Number(text) >= least) return Number(text);
  throw new InvalidArgumentError(`--${option} takes a whole number from ${least}, not ${JSON.stringify(text)}.`);
}
