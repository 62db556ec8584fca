import { describe, expect, it } from 'vitest';
import { CheckpointError } from '../../src/errors.js';
import { beginRun } from '../../src/experiments/begin-run.js';
import { memoryStore } from '../training/tiny-training.js';

describe('beginRun', () => {
  const options = (resume: boolean) => {
    const written: string[] = [];
    return { resume, stderr: { write: (text: string) => written.push(text) }, file: 'config.json', written };
  };

  it('goes on with a run of the same settings only, and only when asked', async () => {
    const store = memoryStore();
    await beginRun(store, { data: 'a', sizes: [1, 2] }, options(false));
    await beginRun(store, { data: 'a', sizes: [1, 2] }, options(true));
    await expect(beginRun(store, { data: 'a', sizes: [1, 2] }, options(false))).rejects.toThrow('--resume');
    const other = () => beginRun(store, { data: 'a', sizes: [1, 3] }, options(true));
    await expect(other()).rejects.toThrow(CheckpointError);
    await expect(other()).rejects.toThrow('made with sizes = [1,2], not [1,3]');
    await expect(beginRun(store, { data: 'a' }, options(true))).rejects.toThrow('sizes = [1,2], not undefined');
  });

  it('says when there is nothing to resume', async () => {
    const asked = options(true);
    await beginRun(memoryStore(), {}, asked);
    expect(asked.written).toEqual(['No run in memory: starting anew.\n']);
  });
});
