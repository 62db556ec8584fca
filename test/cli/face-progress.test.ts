import { afterEach, describe, expect, it, vi } from 'vitest';
import { showFaceProgress } from '../../src/cli/face-progress.js';
import { PackageUnavailableError } from '../../src/errors.js';
import { drawOrLeaveOut } from '../../src/experiments/draw-or-leave-out.js';

afterEach(() => {
  vi.restoreAllMocks();
});

describe('showFaceProgress', () => {
  it('writes a line every half minute where there is no terminal', () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const written: string[] = [];
    const progress = showFaceProgress('ours', 90, { write: (text) => written.push(text) });
    for (const [time, done] of [
      [1_000, 5],
      [31_000, 40],
      [32_000, 41],
      [62_000, 80],
    ] as const) {
      now = time;
      progress.update(done, 2);
    }
    progress.stop();
    expect(written).toEqual(['ours: 40/90 faces, 2 lost\n', 'ours: 80/90 faces, 2 lost\n']);
  });
});

describe('drawOrLeaveOut', () => {
  it('says what is missing instead of a chart, and passes other errors on', async () => {
    const written: string[] = [];
    const stderr = { write: (text: string) => written.push(text) };
    const failing = (error: Error) => () => Promise.reject(error);
    const missing = failing(new PackageUnavailableError('Charts need vega.'));
    expect(await drawOrLeaveOut({} as never, 'errors.svg', stderr, missing)).toBeUndefined();
    expect(written).toEqual(['errors.svg is left out. Charts need vega.\n']);
    await expect(drawOrLeaveOut({} as never, 'errors.svg', stderr, failing(new Error('broken')))).rejects.toThrow(
      'broken',
    );
    expect(await drawOrLeaveOut({} as never, 'errors.svg', stderr, async () => '<svg/>')).toBe('<svg/>');
  });
});
