import { CheckpointError } from '../errors.js';
import type { RunStore } from '../training-loop/run-store.js';
import type { EvaluationOptions, ExperimentOptions } from './experiment.js';
import { sizeLabel } from './landmark-tables.js';

/** What fixes a run's results. */
export type RunSettings = Readonly<Record<string, unknown>>;

/** @throws CheckpointError when the store holds the file of a run that is not to be resumed. */
export async function readForResume(store: RunStore, file: string, resume = false): Promise<Uint8Array | undefined> {
  const found = await store.read(file);
  if (!found || resume) return found;
  throw new CheckpointError(`${store.location} holds a run already: resume it, or choose another place.`);
}

/**
 * Begins a run in its store, or goes on with one of the same settings.
 *
 * @param file Where the settings are kept.
 * @throws CheckpointError when there is a run that is not to be resumed, or one of other settings, which it names.
 */
export async function beginRun(
  file: string,
  settings: RunSettings,
  { store, resume, onProgress }: Pick<ExperimentOptions, 'store' | 'resume' | 'onProgress'>,
): Promise<void> {
  const written = await readForResume(store, file, resume);
  if (!written) {
    if (resume) onProgress?.({ kind: 'note', message: `No run in ${store.location}: starting a new one.` });
    await store.write(file, `${JSON.stringify(settings, null, 2)}\n`);
    return;
  }
  const before = JSON.parse(new TextDecoder().decode(written)) as RunSettings;
  for (const key of new Set([...Object.keys(before), ...Object.keys(settings)])) {
    const [then, now] = [JSON.stringify(before[key]), JSON.stringify(settings[key])];
    if (then === now) continue;
    throw new CheckpointError(
      `${store.location} holds a run made with ${key} = ${then}, not ${now}: give the same, or choose another place.`,
    );
  }
}

/** The rows of a report's last table: the settings that are not null, and the environment. */
export function shownSettings(
  settings: RunSettings,
  environment: EvaluationOptions['environment'],
): Record<string, string> {
  const rows = Object.entries(settings)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => [name, [value].flat().map(shown).join(', ')]);
  return { ...Object.fromEntries(rows), ...environment };
}

function shown(value: unknown): string {
  const { low, high } = Object(value) as { low?: number; high?: number };
  return low !== undefined && high !== undefined ? sizeLabel(low, high) : String(value);
}
