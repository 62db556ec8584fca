import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/**
 * What a test lacks of the packages that `npm ci` leaves out, as a reason to skip it; false where all are there.
 *
 * @param folder Of this repository, whose `node_modules` is meant.
 */
export function lacksPackages(folder: string, ...names: string[]): string | false {
  const missing = names.filter((name) => !existsSync(join(root, folder, 'node_modules', name)));
  return missing.length > 0 && `${missing.join(', ')} not installed: npm run setup`;
}
