import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InvalidArgumentError } from '../../errors.js';
import type { RunStore } from '../../training-loop/run-store.js';
import { writeFileAtomic } from './atomic-write.js';

/**
 * A folder as the place of a training run: `checkpoint.safetensors`, `metrics.jsonl` and what else the trainer keeps. Files are
 * replaced as a whole.
 *
 * @throws InvalidArgumentError when the folder cannot be made, because a file is in the way, for example.
 */
export async function createRunFolder(path: string): Promise<RunStore> {
  const location = resolve(path);
  await mkdir(location, { recursive: true }).catch((cause: Error) => {
    throw new InvalidArgumentError(`No run folder can be made at ${location}: ${cause.message}. Give another place.`, {
      cause,
    });
  });
  return {
    location,
    write: (name, content) => writeFileAtomic(resolve(location, name), content),
    append: (name, content) => appendFile(resolve(location, name), content),
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
