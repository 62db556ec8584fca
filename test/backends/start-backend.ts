import { resolve } from 'node:path';
import type { BackendName } from '../../src/backends/use-backend.js';
import { runNode } from '../support/node-process.js';

/** What the process that starts a backend is told. */
export interface StartRequest {
  backend: BackendName;
  /** By a package's name, the URL of the file that stands in for it, or null where it is to be missing. */
  packages?: Record<string, string | null>;
  /** A package to import before all else. */
  importFirst?: string;
  /** The backend in use before, cpu by default. */
  before?: BackendName;
}

/** What came of it. */
export interface StartOutcome {
  registered?: string;
  error?: { name: string; code: string; message: string; cause: string };
  /** The current backend afterwards. */
  current?: string;
  /** The square of three, computed on it. */
  nine?: number;
}

/** Starts a backend in a process of its own, which must end by itself and without an error. */
export async function startBackend(
  request: StartRequest,
  environment: Record<string, string> = {},
): Promise<StartOutcome> {
  const script = resolve(import.meta.dirname, 'start-backend.fixture.ts');
  const { code, signal, stdout, stderr } = await runNode(script, [JSON.stringify(request)], { environment });
  if (code !== 0) throw new Error(`The process ended with ${signal ?? code}.\n${stderr.slice(0, 4000)}`);
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}
