/**
 * Decompresses zlib data with what every runtime has.
 *
 * @param limit Most bytes to make. Work stops there, whatever the data holds.
 * @returns The bytes, or undefined when there are more than `limit`.
 * @throws The runtime's error when the data is corrupt or incomplete.
 */
export async function inflate(compressed: Uint8Array, limit: number): Promise<Uint8Array | undefined> {
  const stream = new DecompressionStream('deflate');
  const writer = stream.writable.getWriter();
  // What fails here fails when reading, too, and is reported there.
  writer.write(compressed as Uint8Array<ArrayBuffer>).catch(() => {});
  writer.close().catch(() => {});
  const reader = stream.readable.getReader();
  const pieces: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > limit) {
      await reader.cancel();
      return undefined;
    }
    pieces.push(value);
  }
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}
