import { resolve } from 'node:path';
import { runNode } from '../support/node-process.js';
import type { ContractResult } from './contract-types.js';

/** Runs the contract in a Node process of its own, for backends with native code, which must also end cleanly. */
export async function runInProcess(
  backend: string,
  environment: Record<string, string> = {},
): Promise<ContractResult[]> {
  const script = resolve(import.meta.dirname, 'contract-process.fixture.ts');
  const { code, signal, stdout, stderr } = await runNode(script, [backend], { environment, timeout: 200_000 });
  if (code !== 0) throw new Error(`The process of ${backend} ended with ${signal ?? code}.\n${stderr.slice(0, 4000)}`);
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}
