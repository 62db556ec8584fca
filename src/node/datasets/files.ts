import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { glob } from 'tinyglobby';
import { DatasetError } from '../../errors.js';
import { decodeText } from '../../formats/decode-text.js';

/** Whether there is a folder at a path. */
export async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/**
 * What two spellings of a name have in common: copies of datasets differ in capitals (`AFW`, `.JPG`), Unicode normal
 * forms (macOS takes letters and accents apart) and separators.
 */
export function nameKey(name: string): string {
  return name.replaceAll('\\', '/').toLowerCase().normalize('NFC');
}

/** Finds a path among others: as it is spelled or, where there is none, in another spelling. */
export function pathFinder(paths: readonly string[]): (path: string) => string | undefined {
  const exact = new Set(paths);
  const alike = new Map(paths.map((path) => [nameKey(path), path]));
  return (path) => (exact.has(path) ? path : alike.get(nameKey(path)));
}

/**
 * A folder's subfolder, however its name is spelled; undefined when there is none.
 *
 * @param path Names with `/` between them.
 * @throws DatasetError when two subfolders have the name.
 */
export async function findFolder(folder: string, path: string): Promise<string | undefined> {
  let found = folder;
  for (const name of path.split('/')) {
    const entries = await readdir(found).catch(() => []);
    const same = entries.filter((entry) => nameKey(entry) === nameKey(name));
    if (same.length > 1) throw new DatasetError(`${found} has ${same.join(' and ')}: keep one of them.`);
    if (same.length === 0) return undefined;
    found = join(found, same[0]!);
  }
  return (await isFolder(found)) ? found : undefined;
}

/**
 * The paths of all files of some kinds at any depth, in order.
 *
 * @param extensions Without the dot; capitals count as small letters.
 * @param exclude Names of folders to leave out at any depth, in capitals too.
 */
export async function filesIn(
  folder: string,
  extensions: readonly string[],
  exclude: readonly string[] = [],
): Promise<string[]> {
  const files = await glob(`**/*.(${extensions.join('|')})`, {
    cwd: folder,
    absolute: true,
    caseSensitiveMatch: false,
    ignore: exclude.map((name) => `**/${name}/**`),
  });
  return files.sort();
}

/**
 * The text of a dataset's list.
 *
 * @param remedy What to give instead when it cannot be read.
 * @throws DatasetError when it cannot be read, or is no text.
 */
export async function readList(path: string, remedy: string): Promise<string> {
  const bytes = await readFile(path).catch((cause: Error) => {
    throw new DatasetError(`${path} cannot be read: ${remedy}. ${cause.message}`, { cause });
  });
  return decodeText(bytes, path);
}
