import { joinBytes } from './protobuf.js';

/**
 * Decompresses zlib data with what every runtime has.
 *
 * @param limit Most bytes to make; work stops there.
 * @returns undefined when there are more bytes than `limit`.
 * @throws The runtime's error when the data is corrupt or incomplete.
 */
export async function inflate(compressed: Uint8Array, limit: number): Promise<Uint8Array | undefined> {
  const source = new Blob([compressed as Uint8Array<ArrayBuffer>]).stream();
  const reader = source.pipeThrough(new DecompressionStream('deflate')).getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    length += next.value.length;
    pieces.push(next.value);
    if (length <= limit) continue;
    await reader.cancel();
    return undefined;
  }
  return joinBytes(pieces);
}
