import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DatasetError } from '../../src/errors.js';
import type { MatValue } from '../../src/formats/mat-array.js';
import { readMatFile } from '../../src/formats/mat-file.js';
import fixture from './scipy/mat-files.json' with { type: 'json' };

const entries: Record<string, { file: string; variables?: Record<string, unknown> }> = fixture;
const fileOf = (name: string) => new Uint8Array(Buffer.from(entries[name]!.file, 'base64'));
const readable = Object.keys(entries).filter((name) => entries[name]!.variables);

/** A value as the fixture has it, in plain lists and objects. */
function plain(value: MatValue): unknown {
  if (value.kind === 'char') return value;
  if (value.kind === 'numeric') return { ...value, data: Array.from(value.data) };
  return { ...value, cells: value.cells.map(plain) };
}

/** A little-endian file of elements of one's own. */
function fileWith(...elements: Uint8Array[]): Uint8Array {
  const header = Buffer.alloc(128, ' ');
  header.writeUInt16LE(0x0100, 124);
  header.write('IM', 126);
  return new Uint8Array(Buffer.concat([header, ...elements]));
}

function element(type: number, data: Uint8Array, length = data.length): Uint8Array {
  const tag = Buffer.alloc(8);
  tag.writeUInt32LE(type, 0);
  tag.writeUInt32LE(length, 4);
  return Buffer.concat([tag, data, Buffer.alloc(type === 15 ? 0 : (8 - (data.length % 8)) % 8)]);
}

function array(matlabClass: number, shape: readonly number[], name: string, ...content: Uint8Array[]): Uint8Array {
  const flags = element(6, new Uint8Array(Uint32Array.of(matlabClass, 0).buffer));
  const dimensions = element(5, new Uint8Array(Int32Array.from(shape).buffer));
  return element(14, Buffer.concat([flags, dimensions, element(1, Buffer.from(name)), ...content]));
}

const compressed = (data: Uint8Array) => element(15, deflateSync(data));
const read = (file: Uint8Array) => readMatFile(file, 'lists/a.mat');

describe('readMatFile', () => {
  it.each(readable)('reads what SciPy reads of its file "%s"', async (name) => {
    const variables = await read(fileOf(name));
    const found = Object.fromEntries([...variables].map(([key, value]) => [key, plain(value)]));
    expect(found).toEqual(entries[name]!.variables);
  });

  it('reads a file in the middle of a larger buffer', async () => {
    const file = fileOf('nested, compressed');
    const buffer = new Uint8Array(file.length + 20);
    buffer.set(file, 13);
    const variables = await read(buffer.subarray(13, 13 + file.length));
    expect([...variables.keys()]).toEqual(Object.keys(entries['nested, compressed']!.variables!));
  });

  it('counts characters as MATLAB does and as NumPy does', async () => {
    const text = Buffer.from('a😀', 'utf8');
    for (const width of [2, 3]) {
      const variables = await read(fileWith(array(4, [1, width], 'text', element(16, text))));
      expect(variables.get('text')).toEqual({ kind: 'char', rows: ['a😀'] });
    }
  });

  it.each([
    ['a struct', fileOf('struct'), 'the variable record is a struct: convert it with struct2cell(...)'],
    ['a sparse matrix', fileOf('sparse'), 'the variable matrix is a sparse matrix: convert it with full(...)'],
    [
      'complex numbers',
      fileOf('complex'),
      'the variable waves is an array of complex numbers: convert it with real(...)',
    ],
    ['an object', fileWith(array(3, [1, 1], 'thing')), 'the variable thing is an object: convert it with struct2cell('],
    ['a function handle', fileWith(array(16, [1, 1], 'f')), 'the variable f is a function handle'],
    ['an object in a cell', fileWith(array(1, [1, 1], 'c', array(3, [1, 1], ''))), 'a value inside a variable is an'],
    [
      'an opaque object',
      fileWith(
        element(
          14,
          Buffer.concat([element(6, new Uint8Array([17, 0, 0, 0, 0, 0, 0, 0])), element(1, Buffer.from('t'))]),
        ),
      ),
      'the variable t is an object (or a string',
    ],
    ['version 7.3', Buffer.concat([Buffer.alloc(512), Buffer.from('\x89HDF\r\n\x1a\n', 'latin1')]), 'is an HDF5 file'],
    ['level 4', fileOf('level 4'), 'is not a MAT file of level 5'],
    ['a file that is empty', new Uint8Array(0), 'is not a MAT file of level 5 (0 bytes'],
  ])('refuses %s and says how to save it', async (_what, file, message) => {
    await expect(read(file)).rejects.toThrow(DatasetError);
    await expect(read(file)).rejects.toThrow(`lists/a.mat`);
    await expect(read(file)).rejects.toThrow(message);
    await expect(read(file)).rejects.toThrow('save -v7');
  });

  const doubles = (count: number) => element(9, new Uint8Array(8 * count));
  it.each([
    ['dimensions whose product no memory holds', array(6, [2 ** 31 - 1, 2 ** 31 - 1], 'x', doubles(1)), '8 bytes'],
    ['cells without end', array(1, [2 ** 31 - 1, 1], 'x'), 'claims 2147483647 values where 0 bytes are left'],
    ['a negative dimension', array(6, [-1, 1], 'x', doubles(1)), 'dimensions -1 x 1'],
    ['a single dimension', array(6, [1], 'x', doubles(1)), 'not at least two numbers'],
    ['a length past the end', element(14, new Uint8Array(8), 2 ** 32 - 1), 'claims 4294967295 bytes where 8 are left'],
    ['an unknown class', array(77, [1, 1], 'x', doubles(1)), 'class 77'],
    ['a whole number that no double holds', fileOf('int64').slice(128), '9223372036854776000, beyond 2^53'],
    ['too few numbers', array(6, [1, 3], 'x', doubles(2)), 'an array of 3 numbers of 8 bytes has 16 bytes'],
    ['numbers stored as text', array(6, [1, 1], 'x', element(16, Buffer.from('a'))), 'type 16'],
    ['text that is not UTF-8', array(4, [1, 1], 'x', element(16, Uint8Array.of(0xff))), 'not UTF-8'],
    [
      'text of 16-bit characters cut in the middle',
      array(4, [1, 2], 'x', element(17, new Uint8Array(3))),
      '3 bytes of type 17',
    ],
    ['text of three dimensions', array(4, [1, 1, 1], 'x', element(16, Buffer.from('a'))), 'text of 3 dimensions'],
    ['text in UTF-32', array(4, [1, 1], 'x', element(18, new Uint8Array(4))), 'bytes of type 18'],
    ['text of another length', array(4, [1, 3], 'x', element(16, Buffer.from('ab'))), 'text of 3 characters has 2'],
    ['a variable that is not an array', element(9, new Uint8Array(8)), 'an element of type 9'],
    ['compressed data that is not zlib data', element(15, Buffer.from('nothing')), 'cannot be decompressed'],
    ['compressed data in compressed data', compressed(compressed(doubles(1))), 'an element of type 15'],
  ])('refuses %s', async (_what, damage, message) => {
    await expect(read(fileWith(damage))).rejects.toThrow(DatasetError);
    await expect(read(fileWith(damage))).rejects.toThrow(message);
    await expect(read(fileWith(damage))).rejects.toThrow('lists/a.mat');
  });

  it('refuses nesting that would exhaust the stack, at any depth', async () => {
    let nested = array(6, [1, 1], '', doubles(1));
    for (let depth = 0; depth < 65; depth++) nested = array(1, [1, 1], '', nested);
    await expect(read(fileWith(array(1, [1, 1], 'x', nested)))).rejects.toThrow('more than 64 deep');
    // Deeper than any stack: each level is a claim of everything that follows.
    const level = (rest: number) => {
      const head = array(1, [1, 1], '').subarray(0);
      const copy = Buffer.from(head);
      copy.writeUInt32LE(head.length - 8 + rest, 4);
      return copy;
    };
    const size = level(0).length;
    const deep = Array.from({ length: 2e4 }, (_, i) => level((2e4 - 1 - i) * size));
    await expect(read(fileWith(array(1, [1, 1], 'x', ...deep)))).rejects.toThrow(DatasetError);
  });

  it('stops decompressing at 64 MiB, over all variables', async () => {
    const bomb = compressed(new Uint8Array(200e6));
    const before = process.memoryUsage().rss;
    await expect(read(fileWith(bomb))).rejects.toThrow('more than 67108864 bytes when decompressed');
    expect(process.memoryUsage().rss - before).toBeLessThan(150e6);
    const half = compressed(array(9, [5e6, 8], 'x', element(2, new Uint8Array(40e6))));
    await expect(read(fileWith(half))).resolves.toBeDefined();
    await expect(read(fileWith(half, half))).rejects.toThrow('more than 67108864 bytes when decompressed');
  });

  it('refuses every truncation that cuts a variable', async () => {
    for (const name of ['nested, plain', 'nested, compressed', 'big-endian, plain']) {
      const file = fileOf(name);
      const all = (await read(file)).size;
      for (let length = 0; length < file.length; length += 1) {
        const variables = await read(file.subarray(0, length)).catch((error: unknown) => error);
        if (variables instanceof Map) expect(variables.size).toBeLessThan(all);
        else expect(variables).toBeInstanceOf(DatasetError);
      }
    }
  }, 20_000);

  it('returns variables or throws a DatasetError for any bytes and any damage', async () => {
    const noise = fc.uint8Array({ maxLength: 300 }).map((bytes) => fileWith(bytes));
    const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 });
    const mutation = fc.tuple(fc.constantFrom(...readable), changes).map(([name, list]) => {
      const file = fileOf(name);
      for (const [place, value] of list) file[place % file.length] = value;
      return file;
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 200 }), noise, mutation, mutation), async (file) => {
        const answer = await read(file).catch((error: unknown) => error);
        expect(answer instanceof Map || answer instanceof DatasetError, String(answer)).toBe(true);
      }),
      { numRuns: 1500 },
    );
  }, 30_000);
});
