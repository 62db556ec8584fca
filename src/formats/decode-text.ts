import { DatasetError } from '../errors.js';

const ENCODINGS: readonly (readonly [encoding: string, mark: readonly number[]])[] = [
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  ['utf-8', []],
];

/**
 * The text of a file that another program may have written: UTF-8, or UTF-16 if a byte order mark says so, as Windows'
 * programs do. The mark is dropped.
 *
 * @param source Names the file in messages.
 * @throws DatasetError when it is neither, such as Latin-1 with accents or a picture.
 */
export function decodeText(bytes: Uint8Array, source: string): string {
  const [encoding] = ENCODINGS.find(([, mark]) => mark.every((byte, index) => bytes[index] === byte))!;
  let text: string | undefined;
  try {
    text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // Said below.
  }
  // UTF-16 without a mark is valid UTF-8 with a NUL beside each letter.
  if (text !== undefined && !text.includes('\0')) return text;
  throw new DatasetError(`${source} is neither UTF-8 text nor UTF-16 with a byte order mark: save it as UTF-8.`);
}
