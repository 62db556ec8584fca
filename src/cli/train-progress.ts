import { SingleBar } from 'cli-progress';
import type { Batch } from '../training-loop/learner.js';
import type { Trainer } from '../training-loop/trainer.js';
import type { TrainerConfig, TrainingState } from '../training-loop/trainer-types.js';
import type { CommandOutput } from './run-command.js';

const SECONDS_BETWEEN_LINES = 30;

type AnyTrainer = Trainer<TrainerConfig, Batch>;

/** Shows a trainer's progress: a bar with throughput and time left on a terminal, a line now and then elsewhere. */
export function trackProgress(trainer: AnyTrainer, stderr: CommandOutput['stderr']): () => void {
  trainer.on('epoch', (state) => {
    stderr.write(
      `${stderr.isTTY ? '\r\u001b[K' : ''}epoch ${state.epoch}/${trainer.config.epochs}: ${describe(state.validation)}\n`,
    );
  });
  trainer.on('warning', ({ step, message }) => {
    stderr.write(`${stderr.isTTY ? '\r\u001b[K' : ''}warning at step ${step}: ${message}\n`);
  });
  return stderr.isTTY ? showBar(trainer, stderr) : printLines(trainer, stderr);
}

function showBar(trainer: AnyTrainer, stderr: CommandOutput['stderr']): () => void {
  const format = '{bar} epoch {epoch} | step {value}/{total} | {text}';
  const bar = new SingleBar({ format, hideCursor: true, stream: stderr as NodeJS.WritableStream });
  const { epochs } = trainer.config;
  bar.start(epochs * trainer.state.stepsPerEpoch, trainer.state.step, {
    epoch: `${trainer.state.epoch + 1}/${epochs}`,
    text: '',
  });
  trainer.on('step', (state) => bar.update(state.step, { epoch: `${state.epoch + 1}/${epochs}`, text: speed(state) }));
  return () => bar.stop();
}

function printLines(trainer: AnyTrainer, stderr: CommandOutput['stderr']): () => void {
  let last = performance.now();
  return trainer.on('step', (state) => {
    if (performance.now() - last < SECONDS_BETWEEN_LINES * 1000) return;
    last = performance.now();
    stderr.write(`epoch ${state.epoch + 1}, step ${state.stepInEpoch}/${state.stepsPerEpoch}: ${speed(state)}\n`);
  });
}

function speed({ metrics, samplesPerSecond, secondsLeft }: TrainingState): string {
  const minutes = Math.ceil(secondsLeft / 60);
  return `${describe(metrics)} | ${samplesPerSecond.toFixed(1)} faces/s | ${minutes} min left`;
}

function describe(metrics: TrainingState['metrics']): string {
  return Object.entries(metrics)
    .map(([name, value]) => `${name} ${value.toPrecision(4)}`)
    .join(', ');
}
