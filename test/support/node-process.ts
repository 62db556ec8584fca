import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** How a process ended. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** What Node must be given to run the TypeScript files of this project. */
const nodeArguments = [
  ...['--import', 'tsx'],
  ...['--import', resolve(import.meta.dirname, 'register-binary-files.mjs')],
  ...['--import', resolve(import.meta.dirname, '../../scripts/tsx-in-threads.mjs')],
];

/**
 * Runs a TypeScript file in a Node process of its own.
 *
 * @param environment Added to this process's environment.
 * @param timeout In milliseconds; a process that has not ended by then is killed.
 */
export function runNode(
  script: string,
  args: readonly string[],
  { environment = {}, timeout = 60_000 }: { environment?: Record<string, string>; timeout?: number } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [...nodeArguments, script, ...args], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout,
    killSignal: 'SIGKILL',
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    output.stderr += text;
  });
  return new Promise((ended, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => ended({ code, signal, ...output }));
  });
}
