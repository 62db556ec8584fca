import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { InvalidArgumentError } from '../../errors.js';
import type { RunStore } from '../../training-loop/run-store.js';
import { encodePng } from '../images/write-png.js';
import { writeFileAtomic } from './atomic-write.js';

/**
 * A folder as the store of a run: `checkpoint.safetensors`, `metrics.jsonl` and whatever else a trainer or an
 * experiment keeps. Files are replaced as a whole; pictures are PNG files.
 *
 * @throws InvalidArgumentError when the folder cannot be created: a file is in the way, for example.
 */
export async function createRunFolder(path: string): Promise<RunStore> {
  const location = resolve(path);
  await mkdir(location, { recursive: true }).catch((cause: Error) => {
    throw new InvalidArgumentError(`The run folder ${location} cannot be created: ${cause.message}.`, { cause });
  });
  return {
    location,
    write: (name, content) => writeFileAtomic(resolve(location, name), content),
    writeImage: (name, image) => writeFileAtomic(resolve(location, `${name}.png`), encodePng(image)),
    async append(name, content) {
      await mkdir(dirname(resolve(location, name)), { recursive: true });
      await appendFile(resolve(location, name), content);
    },
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
