import { describe, expect, it } from 'vitest';
import { parseFaceOptions } from '../../src/cli/parse-evaluation.js';
import { repeated } from '../../src/cli/repeated.js';
import { CheckpointError, InvalidArgumentError } from '../../src/errors.js';
import { beginRun } from '../../src/experiments/begin-run.js';
import { FACE_SIZE_RANGES } from '../../src/metrics/face-sizes.js';
import { memoryStore } from '../training/tiny-training.js';

describe('options of faces', () => {
  it('are the published table’s where none are given', () => {
    expect(parseFaceOptions({})).toEqual({ sizes: FACE_SIZE_RANGES, boxes: 'exact', seed: 2019, limit: undefined });
  });

  it('are understood', () => {
    const options = { sizes: '12-16, 16-20.5', boxes: 'jittered', seed: '0', limit: '3' };
    const sizes = [
      { low: 12, high: 16 },
      { low: 16, high: 20.5 },
    ];
    expect(parseFaceOptions(options)).toEqual({ sizes, boxes: 'jittered', seed: 0, limit: 3 });
  });

  it.each([
    [{ sizes: '12' }, '--sizes takes ranges such as 12-16,16-20, not "12"'],
    [{ sizes: '16-12' }, '16 to 12'],
    [{ sizes: '12-16,14-20' }, 'overlap'],
    [{ sizes: '0-16' }, 'over 0'],
    [{ boxes: 'loose' }, '--boxes takes exact or jittered, not "loose"'],
    [{ seed: 'x' }, '--seed takes a whole number from 0'],
    [{ limit: '0' }, '--limit takes a whole number from 1, not "0"'],
  ])('are refused when wrong: %j', (options, message) => {
    expect(() => parseFaceOptions(options)).toThrow(InvalidArgumentError);
    expect(() => parseFaceOptions(options)).toThrow(message);
  });

  it('may be given several times', () => {
    const words = ['--data', 'd', '--predictor', 'a', '--predictor=b', '--resume'];
    expect(repeated(words, 'predictor')).toEqual(['a', 'b']);
    expect(repeated(['--data', 'd'], 'predictor')).toEqual([]);
  });
});

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
