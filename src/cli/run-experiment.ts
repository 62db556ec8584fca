import { arch, cpus } from 'node:os';
import type { ExperimentOptions } from '../experiments/experiment.js';
import { writeReport } from '../node/report/write-report.js';
import type { Report } from '../reports/report.js';
import type { RunStore } from '../training-loop/run-store.js';
import { ExperimentProgress } from './experiment-progress.js';
import type { CommandOutput } from './run-command.js';

/** What an experiment is run with besides its store. */
export type ExperimentControl = Required<Pick<ExperimentOptions, 'signal' | 'onProgress'>>;

/**
 * Runs an experiment with its progress on standard error. Where it ends goes to standard output: the file that `work`
 * returns or, when the signal stopped it, the place from which it can be resumed.
 *
 * @returns The exit code: 1 when it was stopped.
 */
export async function runExperiment(
  { stdout, stderr }: CommandOutput,
  signal: AbortSignal,
  work: (control: ExperimentControl) => Promise<string>,
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

/** Writes a report and what it leaves out, and returns its page. */
export async function writeReportOf(
  store: RunStore,
  report: Report,
  { onProgress }: ExperimentControl,
): Promise<string> {
  await writeReport(store, report, { onNote: (message) => onProgress?.({ kind: 'note', message }) });
  return `${store.location}/report.html`;
}

/** The machine, for reports: times depend on it. */
export function machine(): { machine: string } {
  const [cpu] = cpus();
  return { machine: `${cpu?.model ?? arch()}, ${cpus().length} cores, Node ${process.version}` };
}
