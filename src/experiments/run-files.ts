import { CheckpointError, InvalidArgumentError } from '../errors.js';
import type { RunStore } from '../training-loop/run-store.js';
import type { ExperimentOptions, RunSettings } from './experiment.js';

/** @throws CheckpointError when the store holds the file, and with it a run, without `resume`. */
export async function readForResume(store: RunStore, file: string, resume = false): Promise<Uint8Array | undefined> {
  const found = await store.read(file);
  if (!found || resume) return found;
  throw new CheckpointError(`${store.location} holds a run already: resume it, or choose another place.`);
}

/**
 * Begins a run in its store, or resumes one of the same settings.
 *
 * @param file Where the settings are kept.
 * @throws CheckpointError when the store holds a run and `resume` is not set, or one of other settings.
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
      `${store.location} holds a run with ${key} = ${then}, not ${now}: use the same, or choose another place.`,
    );
  }
}

/** The file name for results of that name. */
export function fileNameOf(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/g, '-')
    .replaceAll(/^[-.]+|[-.]+$/g, '');
}

/**
 * Asserts that results of these names go to different files.
 *
 * @param what What is named, in the plural: `predictors`.
 * @throws InvalidArgumentError
 */
export function assertFileNames(names: readonly string[], what: string): void {
  const files = names.map(fileNameOf);
  const index = files.findIndex((file, place) => files.indexOf(file) !== place);
  if (index === -1) return;
  const [name, other] = [names[index]!, names[files.indexOf(files[index]!)]!];
  const both = name === other ? name : `${other} and ${name}, which have the same file name`;
  throw new InvalidArgumentError(`Two ${what} are named ${both}: rename one.`);
}
