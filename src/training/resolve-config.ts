import type * as v from 'valibot';
import { InvalidArgumentError } from '../errors.js';
import { milestonesAfter } from '../training-loop/schedule.js';
import type { TrainerConfig } from '../training-loop/trainer-types.js';
import { checkConfig } from './config-settings.js';

/** How large a run is: the paper's, or what a laptop without a GPU manages in an evening. */
export type TrainingScale = 'paper' | 'small';

/** Settings that replace a preset's, and the scale it is taken at: `paper` by default. */
export type ConfigChanges<Config> = Partial<Config> & { scale?: TrainingScale };

/** What a kind of trainer can be configured with. */
export interface ConfigTable<Preset extends string, Config extends TrainerConfig> {
  presets: Readonly<Record<Preset, Readonly<Record<TrainingScale, Config>>>>;
  schema: v.GenericSchema;
  /** Settings of which a change replaces a part, not the whole. */
  networks: readonly (keyof Config & string)[];
}

/**
 * A preset at a scale with some settings replaced. Whoever changes the number of epochs alone gets milestones at the
 * same shares of the run.
 *
 * @throws InvalidArgumentError naming the preset, the scale or the setting that is wrong.
 */
export function resolveConfig<Preset extends string, Config extends TrainerConfig>(
  { presets, schema, networks }: ConfigTable<Preset, Config>,
  preset: Preset,
  { scale = 'paper', ...rest }: ConfigChanges<Config>,
): Config {
  const base = pick('scale', pick('preset', presets, preset), scale);
  const changes = rest as Partial<Config>;
  const { epochs, milestones } = changes;
  const moved = epochs !== undefined && milestones === undefined && { milestones: milestonesAfter(base, epochs) };
  const merged = networks.map((name) => [name, { ...base[name], ...changes[name] }]);
  return checkConfig(schema, { ...base, ...moved, ...changes, ...Object.fromEntries(merged) });
}

function pick<Name extends string, Value>(what: string, values: Readonly<Record<Name, Value>>, name: Name): Value {
  if (Object.hasOwn(values, name)) return values[name];
  throw new InvalidArgumentError(`There is no ${what} "${name}". Choose ${Object.keys(values).join(', ')}.`);
}
