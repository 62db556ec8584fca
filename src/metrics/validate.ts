import { InvalidArgumentError } from '../errors.js';

/** Throws `InvalidArgumentError` unless there are errors and each is a number from 0 (infinity for a failure). */
export function assertErrors(errors: readonly number[]): void {
  if (errors.length === 0) {
    throw new InvalidArgumentError('A metric needs the error of at least one face; got none.');
  }
  const wrong = errors.findIndex((error) => !(error >= 0));
  if (wrong !== -1) {
    throw new InvalidArgumentError(
      `Error ${wrong} is ${errors[wrong]}: it must be a number from 0. Leave out faces without a visible point.`,
    );
  }
}

/** Throws `InvalidArgumentError` unless the threshold is a positive number, in the errors' unit. */
export function assertThreshold(threshold: number): void {
  if (!(threshold > 0 && Number.isFinite(threshold))) {
    throw new InvalidArgumentError(`Threshold ${threshold} must be positive, such as 0.08 for 8 % of the face.`);
  }
}

/** Throws `InvalidArgumentError` unless two corresponding lists are equally long. */
export function assertSameLength(first: ArrayLike<unknown>, second: ArrayLike<unknown>, what: string): void {
  if (first.length !== second.length) {
    throw new InvalidArgumentError(`${what} must be equally many; got ${first.length} and ${second.length}.`);
  }
}

/** Throws `InvalidArgumentError` unless a number is whole and at least 1. */
export function assertWholeNumber(value: number, name: string, example: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new InvalidArgumentError(`${name} ${value} must be a whole number from 1, such as ${example}.`);
}
