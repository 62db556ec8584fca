import { describe, expect, it } from 'vitest';
import { assertFileNames, fileNameOf } from '../../src/experiments/file-name.js';

describe('fileNameOf', () => {
  it('makes any name a file of small letters, digits, dots and hyphens', () => {
    expect(fileNameOf('face-api.js (68)')).toBe('face-api.js-68');
    expect(fileNameOf('../etc')).toBe('etc');
  });
});

describe('assertFileNames', () => {
  it('refuses names that would be kept in one file', () => {
    expect(() => assertFileNames(['a', 'b'], 'rows')).not.toThrow();
    expect(() => assertFileNames(['a', 'b', 'a'], 'rows')).toThrow('Two rows are named a: rename one.');
    expect(() => assertFileNames(['Mean Shape', 'mean-shape'], 'rows')).toThrow('named Mean Shape and mean-shape');
  });
});
