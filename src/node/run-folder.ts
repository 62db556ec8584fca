import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { RunStore } from '../training/run-store.js';
import { writeFileAtomic } from './atomic-write.js';

/**
 * A folder as the place of a training run: `checkpoint.safetensors`, `metrics.jsonl` and what else the trainer keeps. Files are
 * replaced as a whole.
 */
export async function createRunFolder(path: string): Promise<RunStore> {
  const location = resolve(path);
  await mkdir(location, { recursive: true });
  return {
    location,
    write: (name, content) => writeFileAtomic(resolve(location, name), content),
    append: (name, text) => appendFile(resolve(location, name), text),
    async read(name) {
      try {
        return await readFile(resolve(location, name));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
  };
}
