import * as v from 'valibot';
import { paperAugmentation } from '../augmentation/augment.js';
import { InvalidArgumentError } from '../errors.js';
import { parseConfig, positiveInteger } from '../networks/parse-config.js';
import { milestonesAfter } from '../training-loop/schedule.js';
import type { TrainerConfig } from '../training-loop/trainer-types.js';

/** The size of a run: the paper's, or what a laptop without a GPU trains in an evening. */
export type TrainingScale = 'paper' | 'small';

/**
 * The scale of a preset, `paper` by default, and settings that replace its own. A network keeps the settings that its
 * replacement leaves out; `epochs` without `milestones` moves them to the same shares of the run.
 */
export type ConfigChanges<Config> = Partial<Config> & { scale?: TrainingScale };

interface ConfigTable<Preset extends string, Config extends TrainerConfig> {
  presets: Readonly<Record<Preset, Readonly<Record<TrainingScale, Config>>>>;
  schema: v.GenericSchema;
  /** Settings that a change replaces in part, not as a whole. */
  networks: readonly (keyof Config & string)[];
}

/** The function that makes a trainer's configuration of a preset and changes. */
export function configResolver<Preset extends string, Config extends TrainerConfig>({
  presets,
  schema,
  networks,
}: ConfigTable<Preset, Config>): (preset: Preset, changes?: ConfigChanges<Config>) => Config {
  return (preset, { scale = 'paper', ...rest } = {}) => {
    const base = pick('scale', pick('preset', presets, preset), scale);
    const changes = rest as Partial<Config>;
    const { epochs, milestones } = changes;
    const moved = epochs !== undefined && milestones === undefined && { milestones: milestonesAfter(base, epochs) };
    const merged = networks.map((name) => [name, { ...base[name], ...changes[name] }]);
    const config = { ...base, ...moved, ...changes, ...Object.fromEntries(merged) };
    // Not the parsed copy: its keys are in another order, and checkpoints compare configurations as text.
    parseConfig('The training configuration', schema, config);
    return config;
  };
}

function pick<Name extends string, Value>(what: string, values: Readonly<Record<Name, Value>>, name: Name): Value {
  if (Object.hasOwn(values, name)) return values[name];
  throw new InvalidArgumentError(`There is no ${what} "${name}". Choose ${Object.keys(values).join(', ')}.`);
}

export const positive = v.pipe(v.number(), v.finite(), v.gtValue(0));
export const nonNegative = v.pipe(v.number(), v.finite(), v.minValue(0));
export const share = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
export const networkSettings = v.record(v.string(), v.unknown());

/** The schema of {@link TrainerConfig}. */
export const loopSettings = {
  seed: v.pipe(v.number(), v.integer()),
  epochs: positiveInteger,
  batchSize: positiveInteger,
  learningRate: positive,
  milestones: v.array(v.pipe(v.number(), v.integer(), v.minValue(0))),
};

/** Section 4.1 of the paper, for both stages. */
export const paperProtocol = {
  seed: 0,
  epochs: 200,
  batchSize: 32,
  learningRate: 2e-4,
  milestones: [80, 160],
  adam: { beta1: 0.5, beta2: 0.9, epsilon: 1e-8 },
  augmentation: paperAugmentation,
};

/** The schema of {@link paperProtocol}. */
export const protocolSettings = {
  ...loopSettings,
  adam: v.strictObject({ beta1: share, beta2: share, epsilon: positive }),
  augmentation: v.strictObject({
    rotation: nonNegative,
    scale: v.tuple([positive, positive]),
    shift: share,
    flip: share,
    colour: share,
    occlusion: share,
  }),
};
