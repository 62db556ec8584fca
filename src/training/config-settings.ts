import * as v from 'valibot';
import { parseConfig, positiveInteger } from '../networks/parse-config.js';

// The settings that several trainers' configurations share.

export const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
export const nonNegative = v.pipe(v.number(), v.finite(), v.minValue(0));
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));

export const loopSettings = {
  seed: v.pipe(v.number(), v.integer()),
  epochs: positiveInteger,
  batchSize: positiveInteger,
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

/**
 * Checks a configuration, which is returned as it is: a parsed copy has its keys in another order, and checkpoints are
 * compared with it as text.
 *
 * @throws InvalidArgumentError naming the first setting that is wrong or unknown.
 */
export function checkConfig<Config extends object>(
  schema: v.GenericSchema,
  config: Config,
  owner = 'The training configuration',
): Config {
  parseConfig(owner, schema, config);
  return config;
}
