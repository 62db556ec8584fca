import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../src/errors.js';
import type { ExperimentEvent } from '../../src/experiments/experiment.js';
import { assertFileNames, beginRun, fileNameOf } from '../../src/experiments/run-files.js';
import { memoryStore } from '../support/memory-store.js';

describe('beginRun', () => {
  it('resumes a run of the same settings only, and only when asked', async () => {
    const store = memoryStore();
    const begin = (settings: object, resume: boolean) => beginRun('config.json', { ...settings }, { store, resume });
    await begin({ data: 'a', sizes: [1, 2] }, false);
    await begin({ data: 'a', sizes: [1, 2] }, true);
    await expect(begin({ data: 'a', sizes: [1, 2] }, false)).rejects.toThrow('memory holds a run already: resume it');
    await expect(begin({ data: 'a', sizes: [1, 3] }, true)).rejects.toThrow(CheckpointError);
    await expect(begin({ data: 'a', sizes: [1, 3] }, true)).rejects.toThrow('a run with sizes = [1,2], not [1,3]');
    await expect(begin({ data: 'a' }, true)).rejects.toThrow('sizes = [1,2], not undefined');
  });

  it('starts a new run, with a note, when there is nothing to resume', async () => {
    const events: ExperimentEvent[] = [];
    await beginRun(
      'config.json',
      {},
      { store: memoryStore(), resume: true, onProgress: (event) => events.push(event) },
    );
    expect(events).toEqual([{ kind: 'note', message: 'No run in memory: starting a new one.' }]);
  });
});

describe('fileNameOf', () => {
  it('turns any name into lower-case letters, digits, dots and hyphens', () => {
    expect(fileNameOf('face-api.js (68)')).toBe('face-api.js-68');
    expect(fileNameOf('../etc')).toBe('etc');
  });
});

describe('assertFileNames', () => {
  it('refuses names that have the same file name', () => {
    expect(() => assertFileNames(['a', 'b'], 'rows')).not.toThrow();
    expect(() => assertFileNames(['a', 'b', 'a'], 'rows')).toThrow('Two rows are named a: rename one.');
    expect(() => assertFileNames(['Mean Shape', 'mean-shape'], 'rows')).toThrow('named Mean Shape and mean-shape');
  });
});
