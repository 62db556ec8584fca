import * as v from 'valibot';
import { InvalidArgumentError } from '../errors.js';

// The settings that several trainers' configurations share.

export const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
export const nonNegative = v.pipe(v.number(), v.finite(), v.minValue(0));
export const whole = v.pipe(v.number(), v.integer(), v.minValue(1));
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

export const loopSettings = {
  seed: v.pipe(v.number(), v.integer()),
  epochs: whole,
  batchSize: whole,
  learningRate: positive,
  milestones: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
};

export const adamSettings = v.strictObject({ beta1: share, beta2: share, epsilon: positive });

export const augmentationSettings = v.strictObject({
  rotation: nonNegative,
  scale: v.tuple([positive, positive]),
  shift: share,
  flip: share,
  colour: share,
  occlusion: share,
});

/** @throws InvalidArgumentError naming the first setting that is wrong. */
export function checkConfig<Config extends object>(
  schema: v.GenericSchema,
  config: Config,
  owner = 'The training configuration',
): Config {
  const parsed = v.safeParse(schema, config);
  if (parsed.success) return config;
  const [issue] = parsed.issues;
  throw new InvalidArgumentError(`${owner}'s ${v.getDotPath(issue)}: ${issue.message}.`);
}
