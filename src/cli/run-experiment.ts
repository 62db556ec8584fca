import { arch, cpus } from 'node:os';
import { type BackendName, useBackend } from '../backends/use-backend.js';
import type { EvaluationOptions, ExperimentEvent } from '../experiments/experiment.js';
import { writeReport } from '../node/report/write-report.js';
import type { Report } from '../reports/report.js';
import type { RunStore } from '../training-loop/run-store.js';
import { threadBackend } from '../workers/worker-count.js';
import { ExperimentProgress } from './experiment-progress.js';
import type { CommandOutput } from './run-command.js';

interface Control {
  signal: AbortSignal;
  onProgress(event: ExperimentEvent): void;
}

/**
 * Runs an experiment with its progress on standard error. Standard output gets the path that `work` returns or, when
 * the signal stopped it, where it stopped.
 *
 * @returns The exit code: 1 when it was stopped.
 */
export async function runExperiment(
  { stdout, stderr }: CommandOutput,
  signal: AbortSignal,
  work: (control: Control) => Promise<string>,
): Promise<number> {
  const progress = new ExperimentProgress(stderr);
  try {
    const file = await work({ signal, onProgress: progress.onProgress });
    progress.stop();
    stdout.write(`${file}\n`);
    return 0;
  } catch (error) {
    progress.stop();
    if (!signal.aborted || error !== signal.reason) throw error;
    stdout.write(`Stopped${progress.place ? ` ${progress.place}` : ''}. Go on with --resume.\n`);
    return 1;
  }
}

/**
 * {@link runExperiment} for an experiment that ends in a report: writes it to the store and prints the path of its
 * page.
 */
export function runReported(
  store: RunStore,
  output: CommandOutput,
  signal: AbortSignal,
  work: (run: Control & Pick<EvaluationOptions, 'store' | 'environment'>) => Promise<{ report: Report }>,
): Promise<number> {
  return runExperiment(output, signal, async (control) => {
    // Times depend on it.
    const machine = `${cpus()[0]?.model ?? arch()}, ${cpus().length} cores, Node ${process.version}`;
    const { report } = await work({ store, environment: { machine }, ...control });
    await writeReport(store, report, { onNote: (message) => control.onProgress({ kind: 'note', message }) });
    return `${store.location}/report.html`;
  });
}

/**
 * Starts the backend of a command.
 *
 * @param workers Threads that each need a backend of their own.
 * @returns Its name in tfjs. Detectors created from now on use it.
 * @throws InvalidArgumentError for an unknown backend; BackendUnavailableError; BackendCapabilityError when threads
 * cannot have it.
 */
export async function startBackend(name = 'auto', workers = 1): Promise<string> {
  const backend = await useBackend(name as BackendName);
  if (workers > 1) threadBackend(workers);
  return backend;
}
