import type { CommandOutput } from '../../src/cli/run-command.js';

/**
 * Runs a command and keeps what it writes.
 *
 * @param stopAt Interrupts the command as soon as its standard error says so.
 */
export async function captureCommand(
  run: (output: CommandOutput, signal: AbortSignal) => Promise<number>,
  stopAt?: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const written = { stdout: '', stderr: '' };
  const controller = new AbortController();
  const output = {
    stdout: { write: (text: string) => (written.stdout += text) },
    stderr: {
      write(text: string) {
        written.stderr += text;
        if (stopAt && written.stderr.includes(stopAt)) controller.abort();
      },
    },
  };
  return { code: await run(output, controller.signal), ...written };
}
