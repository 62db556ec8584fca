import { afterEach, expect, it, vi } from 'vitest';
import { trackProgress } from '../../src/cli/train-progress.js';
import type { HeatmapTrainer } from '../../src/training/heatmap-trainer.js';
import { Events } from '../../src/training-loop/events.js';
import type { TrainerEvents, TrainingState } from '../../src/training-loop/trainer-types.js';

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

function trackedRun(isTTY: boolean) {
  const events = new Events<TrainerEvents>();
  const trainer = { on: events.on.bind(events), config: { epochs: 2 }, state } as unknown as HeatmapTrainer;
  let written = '';
  const stderr = { isTTY, write: (text: string) => (written += text) };
  const stop = trackProgress(trainer, stderr);
  return { events, stop, written: () => written };
}

/** Lets the clock that progress is told by stand still or jump. */
function clock() {
  let now = 1000;
  vi.spyOn(performance, 'now').mockImplementation(() => now);
  return { advance: (seconds: number) => (now += seconds * 1000) };
}

afterEach(() => {
  vi.restoreAllMocks();
});

it('writes plain lines where there is no terminal: an epoch each, a step every 30 seconds', async () => {
  const time = clock();
  const { events, stop, written } = trackedRun(false);
  await events.emit('step', state);
  time.advance(29);
  await events.emit('step', state);
  expect(written()).toBe('');
  time.advance(2);
  await events.emit('step', state);
  await events.emit('step', state);
  expect(written()).toBe('epoch 1, step 1/4: loss 1.235 | 20.0 faces/s | 2 min left\n');
  await events.emit('epoch', { ...state, epoch: 1 });
  expect(written().split('\n')[1]).toBe('epoch 1/2: nrmse 7.891');
  expect(written()).not.toContain('\u001b');
  stop();
  time.advance(60);
  await events.emit('step', state);
  expect(written().split('\n')).toHaveLength(3);
});

it('draws a bar with throughput and time left on a terminal, and lines above it', async () => {
  const { events, stop, written } = trackedRun(true);
  await new Promise((resolve) => setTimeout(resolve, 120));
  await events.emit('step', { ...state, step: 5, epoch: 1 });
  await events.emit('epoch', { ...state, epoch: 1 });
  stop();
  expect(written()).toContain('epoch 2/2 | step 5/8 | loss 1.235 | 20.0 faces/s | 2 min left');
  expect(written()).toContain('\r\u001b[Kepoch 1/2: nrmse 7.891\n');
  expect(written().endsWith('\n')).toBe(true);
  // The cursor is shown again.
  expect(written().lastIndexOf('\u001b[?25h')).toBeGreaterThan(written().lastIndexOf('\u001b[?25l'));
});
