import { resolve } from 'node:path';
import { runNode } from './node-process.js';
import type { Replacements } from './replace-packages.js';

/**
 * Runs a fixture in a process of its own that replaces packages, and answers the JSON it prints.
 *
 * @param fixture From the root of the project.
 */
export async function runWithPackages(fixture: string, packages: Replacements): Promise<Record<string, string>> {
  const root = resolve(import.meta.dirname, '../..');
  const { code, stdout, stderr } = await runNode(resolve(root, fixture), [JSON.stringify(packages)]);
  if (code !== 0) throw new Error(`The process ended with ${code}.\n${stderr.slice(0, 4000)}`);
  return JSON.parse(stdout);
}
