import { isLowResLandmarksError } from '../errors.js';

/** Where a command writes. */
export interface CommandOutput {
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown; isTTY?: boolean };
}

/**
 * Runs a command's work: Ctrl-C aborts its signal, its result is the exit code; errors that are no bugs print one line
 * and exit with 2.
 */
export async function runCommand(work: (output: CommandOutput, signal: AbortSignal) => Promise<number>): Promise<void> {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    process.exitCode = await work(process, controller.signal);
  } catch (error) {
    const line = lineOf(error);
    if (line === undefined) throw error;
    process.stderr.write(`${line}\n`);
    process.exitCode = 2;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}

/**
 * What to print of an error of this library, of a system call (a full disk, say) or of a missing package; undefined for
 * bugs.
 */
function lineOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, message } = error;
  if (isLowResLandmarksError(error) || 'syscall' in error) return `${name}: ${message}`;
  const missing = /^Cannot find package '([^']+)'/.exec(message)?.[1];
  return missing && `This command needs the package ${missing}: npm install ${missing}.`;
}
