import type { CommandOutput } from '../cli/run-command.js';
import { CheckpointError } from '../errors.js';
import type { RunStore } from '../training-loop/run-store.js';

/** What fixes a run's results. */
export type RunSettings = Readonly<Record<string, unknown>>;

/**
 * Begins a run in its folder, or goes on with one of the same settings.
 *
 * @param file Where the settings are kept.
 * @throws CheckpointError when there is a run that is not to be continued, or one of other settings, which it names.
 */
export async function beginRun(
  store: RunStore,
  settings: RunSettings,
  { resume, stderr, file }: { resume: boolean; stderr: CommandOutput['stderr']; file: string },
): Promise<void> {
  const written = await store.read(file);
  if (!written) {
    if (resume) stderr.write(`No run in ${store.location}: starting anew.\n`);
    await store.write(file, `${JSON.stringify(settings, null, 2)}\n`);
    return;
  }
  if (!resume) {
    throw new CheckpointError(
      `${store.location} holds a run already: continue it with --resume, or give another --out.`,
    );
  }
  const before = JSON.parse(new TextDecoder().decode(written)) as RunSettings;
  for (const key of new Set([...Object.keys(before), ...Object.keys(settings)])) {
    const [then, now] = [JSON.stringify(before[key]), JSON.stringify(settings[key])];
    if (then === now) continue;
    throw new CheckpointError(
      `${store.location} holds a run made with ${key} = ${then}, not ${now}: give the same, or another --out.`,
    );
  }
}
