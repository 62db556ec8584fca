import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import * as errors from '../src/errors.js';

const { LowResLandmarksError, isLowResLandmarksError, ...classes } = errors;

describe.each(Object.entries(classes))('%s', (name, ErrorClass) => {
  it('has its name, a code of its own, and the message and cause it was given', () => {
    const cause = new Error('why');
    const error = new ErrorClass('what', { cause });
    expect(error).toMatchObject({ name, message: 'what', cause });
    expect(error.code).toBe(
      name
        .replace(/Error$/, '')
        .replace(/(?<=[a-z])(?=[A-Z])/g, '_')
        .toUpperCase(),
    );
    expect(error).toBeInstanceOf(LowResLandmarksError);
    expect(isLowResLandmarksError(error)).toBe(true);
  });
});

it('errors keep their names in minified code', async () => {
  const { outputFiles } = await build({
    stdin: { contents: "export * from './src/errors.ts'", resolveDir: process.cwd() },
    ...{ bundle: true, minify: true, format: 'esm', write: false },
  });
  const minified: typeof errors = await import(
    `data:text/javascript;base64,${Buffer.from(outputFiles[0]!.contents).toString('base64')}`
  );
  expect(minified.InvalidBoxError.name).not.toBe('InvalidBoxError');
  const error = new minified.InvalidBoxError('outside');
  expect(error.name).toBe('InvalidBoxError');
  expect(isLowResLandmarksError(error), 'though it is of another copy of the library').toBe(true);
});

it.each([
  [new Error('what')],
  ['INVALID_BOX'],
  [{ code: 'INVALID_BOX' }],
  [Object.assign(new Error(''), { code: 'ENOENT' })],
  [undefined],
])('is no error of this library: %o', (other) => expect(isLowResLandmarksError(other)).toBe(false));
