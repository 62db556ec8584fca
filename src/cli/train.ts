import { defineCommand } from 'citty';
import { useBackend } from '../backends/use-backend.js';
import { CheckpointError, InvalidArgumentError } from '../errors.js';
import { drawPredictions } from '../node/draw-predictions.js';
import { createRunFolder } from '../node/run-folder.js';
import { openTrainingData } from '../node/training-data.js';
import { CHECKPOINT_FILE } from '../training/checkpoint.js';
import { HeatmapTrainer, WEIGHTS_FILE } from '../training/heatmap-trainer.js';
import {
  type HeatmapPreset,
  type HeatmapTrainerConfig,
  heatmapPresets,
  resolveHeatmapTrainerConfig,
} from '../training/heatmap-trainer-config.js';
import { threadBackend } from '../workers/worker-count.js';
import { parseWorkers } from './parse-workers.js';
import { type CommandOutput, runCommand } from './run-command.js';
import { trackProgress } from './train-progress.js';

/** What `lowres-landmarks train` is asked to do. */
export interface TrainCommandOptions {
  preset: string;
  data: string;
  out: string;
  resume?: boolean | undefined;
  epochs?: string | undefined;
  seed?: string | undefined;
  backend?: string | undefined;
  workers?: string | undefined;
}

/** Trains a heatmap network into a run folder; the work of `lowres-landmarks train`. */
export async function runTrain(
  options: TrainCommandOptions,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<number> {
  const changes: Partial<HeatmapTrainerConfig> = {
    ...(options.epochs === undefined ? {} : { epochs: asInteger('epochs', options.epochs) }),
    ...(options.seed === undefined ? {} : { seed: asInteger('seed', options.seed) }),
  };
  const workers = parseWorkers(options.workers);
  const config = resolveHeatmapTrainerConfig(options.preset as HeatmapPreset, changes);
  const { training, validation } = await openTrainingData(options.data, config.seed);
  const backend = await useBackend((options.backend ?? 'auto') as Parameters<typeof useBackend>[0]);
  if (workers > 1) threadBackend(workers);
  // Only now: what cannot be carried out leaves nothing behind.
  const store = await createRunFolder(options.out);
  if (!options.resume && (await store.read(CHECKPOINT_FILE))) {
    throw new CheckpointError(
      `${store.location} holds a run already: continue it with --resume, or give another --out.`,
    );
  }
  const trainer = new HeatmapTrainer({ config, training, validation, store });
  try {
    if (options.resume && !(await trainer.resume()))
      output.stderr.write(`No checkpoint in ${store.location}: starting anew.\n`);
    await store.write(
      'config.json',
      `${JSON.stringify({ preset: options.preset, backend, workers, ...config }, null, 2)}\n`,
    );
    output.stderr.write(
      `${options.preset} on ${backend}: ${training.length} samples an epoch, ${validation.length} held out, ${trainer.network.parameterCount} weights.\n`,
    );
    const stopTracking = trackProgress(trainer, output.stderr);
    trainer.on('epoch', async ({ epoch }) => {
      const name = `pictures/epoch-${String(epoch).padStart(3, '0')}.png`;
      if (trainer.predictions.length > 0) await store.write(name, drawPredictions(trainer.predictions));
    });
    const finished = await trainer.train({ signal, workers }).finally(stopTracking);
    output.stdout.write(
      finished
        ? `${store.location}/${WEIGHTS_FILE}\n`
        : `Stopped at step ${trainer.state.step}. Go on with --resume.\n`,
    );
    return finished ? 0 : 1;
  } finally {
    trainer.dispose();
  }
}

export default defineCommand({
  meta: { name: 'train', description: 'Train a landmark network on labelled faces.' },
  args: {
    preset: { type: 'string', required: true, description: `${Object.keys(heatmapPresets).join(', ')}` },
    data: { type: 'string', required: true, description: 'folder that holds 300w/ and/or ytf/' },
    out: {
      type: 'string',
      required: true,
      description: 'run folder: configuration, checkpoint, metrics, pictures, weights',
    },
    resume: { type: 'boolean', description: "continue from the run folder's checkpoint" },
    epochs: { type: 'string', description: "instead of the preset's" },
    seed: { type: 'string', description: "instead of the preset's 0" },
    backend: { type: 'string', description: 'auto, wasm, webgpu, cpu, node, node-gpu (default auto)' },
    workers: { type: 'string', description: 'threads that share each batch: as many as cores (default 1)' },
  },
  run: ({ args }) => runCommand((output, signal) => runTrain(args, output, signal)),
});

function asInteger(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError(`--${name} takes a whole number, got "${text}".`);
  return Number(text);
}
