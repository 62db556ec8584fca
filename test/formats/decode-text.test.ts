import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DatasetError } from '../../src/errors.js';
import { decodeText } from '../../src/formats/decode-text.js';

const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();

describe('decodeText', () => {
  it('reads any text in UTF-8, with a mark or without, and in UTF-16 with a mark', () => {
    const texts = fc.string({ unit: 'grapheme' }).filter((text) => !/[\0\ufeff]/.test(text));
    fc.assert(
      fc.property(texts, (text) => {
        const marked = `\ufeff${text}`;
        const encoded = [Buffer.from(text), Buffer.from(marked), Buffer.from(marked, 'utf16le'), bigEndian(marked)];
        expect(encoded.map((bytes) => decodeText(bytes, 'a.csv'))).toEqual([text, text, text, text]);
      }),
    );
  });

  it.each([
    ['Latin-1 with accents', Buffer.from('J\u00fcrgen.jpg', 'latin1')],
    ['UTF-16 without a mark', Buffer.from('file,x', 'utf16le')],
    ['UTF-16 cut off within a letter', Buffer.from('\ufefffile', 'utf16le').subarray(0, -1)],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47)],
  ])('refuses %s, naming the file and the remedy', (_, bytes) => {
    expect(() => decodeText(bytes, 'a.csv')).toThrow(DatasetError);
    expect(() => decodeText(bytes, 'a.csv')).toThrow(/a\.csv is neither UTF-8 text.*save it as UTF-8/);
  });

  it('returns text or throws a DatasetError for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          expect(typeof decodeText(bytes, 'a.csv')).toBe('string');
        } catch (error) {
          expect(error).toBeInstanceOf(DatasetError);
        }
      }),
    );
  });
});
