import * as v from 'valibot';
import { InvalidArgumentError } from '../errors.js';

/** A whole number of at least 1. */
export const positiveInteger = v.pipe(v.number(), v.integer(), v.minValue(1));
/** Determines a network's initial weights: 0 by default. */
export const seedSetting = v.optional(v.pipe(v.number(), v.integer()), 0);

/** A list of `count` widths, or of any number from 1. */
export function widthsSetting(defaults: number[], count?: number) {
  const message = 'there must be at least 1 width';
  const list = v.pipe(v.array(positiveInteger), v.minLength(1, message));
  const exact = v.pipe(v.array(positiveInteger), v.length(count ?? defaults.length, `there must be ${count} widths`));
  return v.optional(count === undefined ? list : exact, defaults);
}

/**
 * Checks a configuration and fills in the defaults.
 *
 * @param owner Names the network in errors.
 * @throws InvalidArgumentError naming the owner and the first setting that is wrong or unknown.
 */
export function parseConfig<Config>(
  owner: string,
  schema: v.GenericSchema<unknown, Config>,
  config: Partial<Config>,
): Config {
  const parsed = v.safeParse(schema, config);
  if (parsed.success) return parsed.output;
  const [issue] = parsed.issues;
  const problem = issue.expected === 'never' ? 'there is no such setting; correct or remove it' : issue.message;
  throw new InvalidArgumentError(`${owner}'s ${v.getDotPath(issue) ?? 'configuration'}: ${problem}.`);
}

/** Throws InvalidArgumentError unless the input can be halved that often, naming the nearest size that can. */
export function assertHalvable(network: string, inputSize: number, halvings: number): void {
  const multiple = 2 ** halvings;
  if (inputSize % multiple === 0) return;
  const nearest = Math.max(multiple, Math.round(inputSize / multiple) * multiple);
  throw new InvalidArgumentError(
    `${network} halves its input ${halvings} times: inputSize ${inputSize} must be a multiple of ${multiple}. ` +
      `The nearest is ${nearest}.`,
  );
}
