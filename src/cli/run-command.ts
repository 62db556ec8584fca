import { isLowResLandmarksError } from '../errors.js';

/** Where a command writes. */
export interface CommandOutput {
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown; isTTY?: boolean };
}

/**
 * Runs a command's work with the process's streams, turns Ctrl-C into an abort, errors of this library into one line, and the
 * result into the exit code: 2 for a command that could not be carried out.
 */
export async function runCommand(work: (output: CommandOutput, signal: AbortSignal) => Promise<number>): Promise<void> {
  const controller = new AbortController();
  const interrupt = () => controller.abort();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  try {
    process.exitCode = await work(process, controller.signal);
  } catch (error) {
    if (!isLowResLandmarksError(error)) throw error;
    process.stderr.write(`${error.name}: ${error.message}\n`);
    process.exitCode = 2;
  } finally {
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
  }
}
