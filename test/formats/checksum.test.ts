import { expect, it } from 'vitest';
import { shortChecksum } from '../../src/formats/checksum.js';

it('shortChecksum is the beginning of the SHA-256 that FIPS 180-2 gives for "abc"', () => {
  expect(shortChecksum(new TextEncoder().encode('abc'))).toBe('ba7816bf8f01');
});
