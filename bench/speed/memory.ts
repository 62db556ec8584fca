import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Resident memory in MB (1e6 bytes). */
export interface Memory {
  /** Faces of a training step. */
  faces: number;
  /** The most that the process has held. */
  peak: number;
  /** Before the first step, with everything loaded. */
  idle: number;
}

/** Memory of a process of its own that makes training steps with the paper's network. */
export async function measureMemory(): Promise<Memory> {
  const args = ['--import', 'tsx', join(import.meta.dirname, 'memory-process.ts')];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return JSON.parse(stdout.trim().split('\n').at(-1)!);
}
