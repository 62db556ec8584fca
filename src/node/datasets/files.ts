import { readFile, stat } from 'node:fs/promises';
import { DatasetError } from '../../errors.js';

/** Whether there is a folder at a path. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * The text of a dataset's list.
 *
 * @param remedy What to give instead when it cannot be read.
 * @throws DatasetError when it cannot be read.
 */
export async function readList(path: string, remedy: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: Error) => {
    throw new DatasetError(`${path} cannot be read: ${remedy}. ${cause.message}`, { cause });
  });
}
