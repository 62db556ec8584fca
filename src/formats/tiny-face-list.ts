import { DatasetError } from '../errors.js';
import type { MatValue } from './mat-array.js';
import { readMatFile } from './mat-file.js';

/** A picture of a list and its person. */
export interface ListedPicture {
  /** The file's name, without its folder. */
  file: string;
  identity: string;
}

/**
 * Reads one of TinyFace's lists: a MAT file of two columns, file names in `gallery_set` or `probe_set` (a cell array or
 * character matrix) and identities in `gallery_ids` or `probe_ids` (numbers or cells).
 *
 * @param role The variables' first word.
 * @param source Names the file in messages.
 * @throws DatasetError when it is not a MAT file, a variable is missing, the two differ in length or are empty, or a
 *   name occurs twice.
 */
export async function parseTinyFaceList(
  bytes: Uint8Array,
  role: 'gallery' | 'probe',
  source: string,
): Promise<ListedPicture[]> {
  const variables = await readMatFile(bytes, source);
  const column = (name: string) => {
    const value = variables.get(name);
    if (value) return textsOf(value, `${source}: the variable ${name}`);
    const found = [...variables.keys()].join(', ') || 'none';
    throw new DatasetError(`${source} has no variable ${name} (but ${found}): give TinyFace's own list.`);
  };
  const files = column(`${role}_set`).map((text) => text.split(/[\\/]/).at(-1)!);
  const identities = column(`${role}_ids`);
  if (files.length !== identities.length || files.length === 0) {
    throw new DatasetError(`${source} has ${files.length} names and ${identities.length} identities: it needs pairs.`);
  }
  const known = new Set<string>();
  return files.map((file, index) => {
    const identity = identities[index]!;
    if (!file || !identity) throw new DatasetError(`${source}, row ${index + 1}: the name or the identity is empty.`);
    if (known.has(file)) throw new DatasetError(`${source}, row ${index + 1}: ${file} occurs twice.`);
    known.add(file);
    return { file, identity };
  });
}

/** The entries of a column, without the spaces that MATLAB pads text with. */
function textsOf(value: MatValue, what: string): string[] {
  if (value.kind === 'char') return value.rows.map((row) => row.trim());
  if (value.kind === 'numeric') return Array.from(value.data, String);
  return value.cells.map((cell, index) => {
    const [text, ...more] = cell.kind === 'cell' ? [] : textsOf(cell, what);
    if (text === undefined || more.length > 0) {
      throw new DatasetError(`${what} has no single name or number in row ${index + 1}.`);
    }
    return text;
  });
}
