import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../src/errors.js';
import { beginRun, shownSettings } from '../../src/experiments/begin-run.js';
import type { ExperimentEvent } from '../../src/experiments/experiment.js';
import { memoryStore } from '../support/memory-store.js';

describe('beginRun', () => {
  it('goes on with a run of the same settings only, and only when asked', async () => {
    const store = memoryStore();
    const begin = (settings: object, resume: boolean) => beginRun('config.json', { ...settings }, { store, resume });
    await begin({ data: 'a', sizes: [1, 2] }, false);
    await begin({ data: 'a', sizes: [1, 2] }, true);
    await expect(begin({ data: 'a', sizes: [1, 2] }, false)).rejects.toThrow('memory holds a run already: resume it');
    await expect(begin({ data: 'a', sizes: [1, 3] }, true)).rejects.toThrow(CheckpointError);
    await expect(begin({ data: 'a', sizes: [1, 3] }, true)).rejects.toThrow('made with sizes = [1,2], not [1,3]');
    await expect(begin({ data: 'a' }, true)).rejects.toThrow('sizes = [1,2], not undefined');
  });

  it('says when there is nothing to resume', async () => {
    const events: ExperimentEvent[] = [];
    await beginRun(
      'config.json',
      {},
      { store: memoryStore(), resume: true, onProgress: (event) => events.push(event) },
    );
    expect(events).toEqual([{ kind: 'note', message: 'No run in memory: starting a new one.' }]);
  });
});

it('shows settings without those that are null, ranges as such, and the environment last', () => {
  const settings = { sizes: [{ low: 12, high: 16 }, '16-20'], limit: null, seed: 0 };
  expect(Object.entries(shownSettings(settings, { machine: 'x' }))).toEqual([
    ['sizes', '12-16, 16-20'],
    ['seed', '0'],
    ['machine', 'x'],
  ]);
});
