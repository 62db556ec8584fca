import { HeatmapTrainer } from '../../src/training/heatmap-trainer.js';
import { HighToLowTrainer } from '../../src/training/high-to-low-trainer.js';
import { SemiSupervisedTrainer } from '../../src/training/semi-supervised-trainer.js';
import type { RunStore } from '../../src/training-loop/run-store.js';
import { tinyHighToLowInput, tinyInput, tinySemiSupervisedInput } from '../support/faces/tiny-trainings.js';

/** The trainers that are killed: each writes a checkpoint every three steps, for long enough. */
export function makeKilledTrainer(kind: string, store: RunStore) {
  if (kind === 'S1') return new HeatmapTrainer(tinyInput({ epochs: 20 }, { store }));
  if (kind === 'stage one') return new HighToLowTrainer(tinyHighToLowInput({ epochs: 20 }, { store }));
  return new SemiSupervisedTrainer(tinySemiSupervisedInput('S4', { epochs: 20 }, { store }));
}
