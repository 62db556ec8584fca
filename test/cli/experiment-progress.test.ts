import { afterEach, describe, expect, it, vi } from 'vitest';
import { ExperimentProgress } from '../../src/cli/experiment-progress.js';
import type { TrainingState } from '../../src/training-loop/trainer-types.js';

const state: TrainingState = {
  epoch: 0,
  stepInEpoch: 1,
  stepsPerEpoch: 4,
  step: 1,
  learningRate: 1e-3,
  metrics: { loss: 1.23456 },
  validation: { nrmse: 7.8912 },
  samplesPerSecond: 20.04,
  secondsLeft: 61,
};
const begun = { ...state, stepInEpoch: 0, step: 0, metrics: {} };
const start = { backend: 'wasm', samples: 16, heldOut: 2, parameterCount: 9 };
const training = { training: 'S4', epochs: 2 };

function progressOn(isTTY: boolean) {
  let written = '';
  const progress = new ExperimentProgress({ isTTY, write: (text: string) => (written += text) });
  return { progress, report: progress.onProgress, written: () => written };
}

/** Stops the clock that progress goes by; it jumps when told. */
function clock() {
  let now = 1000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  return { advance: (seconds: number) => (now += seconds * 1000) };
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('experiment progress without a terminal', () => {
  it('writes a line for a training, each of its epochs, and a step every 30 seconds', () => {
    const time = clock();
    const { report, written } = progressOn(false);
    report({ kind: 'training-started', ...start, ...training, state: begun });
    expect(written()).toBe('S4 on wasm: 16 samples an epoch, 2 held out, 9 weights.\n');
    report({ kind: 'training-step', ...training, state });
    time.advance(29);
    report({ kind: 'training-step', ...training, state });
    time.advance(2);
    report({ kind: 'training-step', ...training, state });
    report({ kind: 'training-step', ...training, state });
    report({ kind: 'training-epoch', ...training, state: { ...state, epoch: 1 } });
    report({ kind: 'training-warning', training: 'S4', step: 3, message: 'k_t is 0.' });
    expect(written().split('\n').slice(1)).toEqual([
      'epoch 1, step 1/4: loss 1.235 | 20.0 faces/s | 2 min left',
      'epoch 1/2: nrmse 7.891',
      'warning at step 3: k_t is 0.',
      '',
    ]);
    expect(written()).not.toContain('\u001b');
  });

  it('writes a line for faces every 30 seconds, and one when a predictor has done all', () => {
    const time = clock();
    const { report, written } = progressOn(false);
    for (const [seconds, done] of [
      [1, 0],
      [1, 5],
      [30, 40],
      [1, 41],
      [30, 80],
      [1, 90],
    ] as const) {
      time.advance(seconds);
      report({ kind: 'faces-predicted', name: 'ours', done, total: 90, lost: 2 });
    }
    expect(written()).toBe('ours: 40/90 faces, 2 lost\nours: 80/90 faces, 2 lost\nours: 90 faces, 2 lost.\n');
  });

  it('writes notes as they are', () => {
    const { report, written } = progressOn(false);
    report({ kind: 'note', message: 'No face of 12-16 px.' });
    expect(written()).toBe('No face of 12-16 px.\n');
  });
});

it('experiment progress on a terminal draws a bar with throughput and time left, and lines above it', async () => {
  const { progress, report, written } = progressOn(true);
  report({ kind: 'training-started', ...start, ...training, state: begun });
  await new Promise((resolve) => setTimeout(resolve, 120));
  report({ kind: 'training-step', ...training, state: { ...state, step: 5, epoch: 1 } });
  report({ kind: 'training-epoch', ...training, state: { ...state, epoch: 1 } });
  progress.stop();
  expect(written()).toContain('epoch 2/2 | step 5/8 | loss 1.235 | 20.0 faces/s | 2 min left');
  expect(written()).toContain('\r\u001b[Kepoch 1/2: nrmse 7.891\n');
  // The cursor is shown again.
  expect(written().lastIndexOf('\u001b[?25h')).toBeGreaterThan(written().lastIndexOf('\u001b[?25l'));
});

it('experiment progress reports the place where an experiment stopped', () => {
  const { progress, report } = progressOn(false);
  expect(progress.place).toBeUndefined();
  report({ kind: 'training-step', ...training, state: { ...state, step: 12 } });
  expect(progress.place).toBe('in S4 at step 12');
  report({ kind: 'faces-predicted', name: 'ours', done: 3, total: 9, lost: 0 });
  expect(progress.place).toBe('after 3 of 9 faces of ours');
  report({ kind: 'faces-aligned', name: 'mean-shape', done: 0, total: 9, lost: 0 });
  expect(progress.place).toBe('in mean-shape');
});
