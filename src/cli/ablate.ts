import { defineCommand } from 'citty';
import { useBackend } from '../backends/use-backend.js';
import { DatasetError } from '../errors.js';
import type { HeatmapUNet } from '../networks/heatmap-unet.js';
import { drawPredictions } from '../node/draw-predictions.js';
import { createRunFolder } from '../node/run-folder.js';
import { openTestData } from '../node/training-data.js';
import {
  ABLATION_SETTINGS,
  type AblationSetting,
  errorsOn,
  generateTestFaces,
  shapeModelOf,
} from '../training/ablation.js';
import { measureOnNativeFaces, type NativeMeasures, predictNativeFaces } from '../training/native-measures.js';
import type { RunStore } from '../training/run-store.js';
import type { TrainerConfig } from '../training/trainer-types.js';
import { threadBackend } from '../workers/worker-count.js';
import { type AblationReport, formatAblation } from './ablation-report.js';
import { assertFreshRun, carryOutTraining } from './carry-out-training.js';
import { drawAblation } from './draw-ablation.js';
import { parseChanges } from './parse-changes.js';
import { parseWorkers } from './parse-workers.js';
import { type CommandOutput, runCommand } from './run-command.js';
import { type TrainingOptions, trainingArguments } from './training-arguments.js';
import { loadGenerator, openFaces, planTraining, type TrainingSources } from './training-plan.js';

/** What `lowres-landmarks ablate` is asked to do. */
export type AblateCommandOptions = TrainingOptions;

/** Real faces with the points of S1 to S4, to be compared by eye. */
const NATIVE_SHEET = 'native-faces.png';
const SHOWN_FACES = 24;

interface Ablation extends Required<Pick<AblateCommandOptions, 'data' | 'out'>> {
  scale: string;
  changes: Partial<TrainerConfig>;
  workers: number;
  backend: string;
  resume: boolean;
  output: CommandOutput;
  signal: AbortSignal;
}

/**
 * Trains stage one once and the settings S1 to S4 with the same seed, and compares them as Table 1b does; the work of
 * `lowres-landmarks ablate`.
 */
export async function runAblate(
  options: AblateCommandOptions,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<number> {
  const { data, out, scale = 'paper', resume = false } = options;
  const workers = parseWorkers(options.workers);
  const changes = parseChanges(options);
  const plan = planTraining('S4', scale, changes);
  const faces = await openFaces(plan, data);
  if (faces.unlabelled!.validation.length === 0) throw new DatasetError(`${data} has no real faces to hold out.`);
  const backend = await useBackend((options.backend ?? 'auto') as Parameters<typeof useBackend>[0]);
  if (workers > 1) threadBackend(workers);
  const store = await createRunFolder(out);
  const ablation: Ablation = { data, out, scale, changes, workers, backend, resume, output, signal };
  const path = options.generator ?? (await trainOne('stage-one', ablation, faces));
  if (path === undefined) return 1;
  using generator = await loadGenerator(path);
  const test = (await openTestData(data)) ?? faces.labelled.validation;
  const testFaces = await generateTestFaces(generator, test, plan.config.seed);
  const shapes = await shapeModelOf(faces.labelled.training);
  const errors: Partial<Record<AblationSetting, number[]>> = {};
  const native: Partial<Record<AblationSetting, NativeMeasures>> = {};
  const real = faces.unlabelled!.validation;
  const shownCount = Math.min(SHOWN_FACES, real.length);
  // Evenly over all of them: neighbours are of one photograph.
  const shown = await Promise.all(
    Array.from({ length: shownCount }, (_, index) => real.face(Math.floor((index * real.length) / shownCount))),
  );
  const drawn: Awaited<ReturnType<typeof predictNativeFaces>>[] = [];
  for (const setting of ABLATION_SETTINGS) {
    const done = await trainOne(setting, ablation, { ...faces, generator }, async (network) => {
      errors[setting] = await errorsOn(network, testFaces);
      native[setting] = await measureOnNativeFaces(network, real, shapes);
      drawn.push(await predictNativeFaces(network, shown));
    });
    if (done === undefined) return 1;
  }
  await writeReport(store, output, {
    scale,
    epochs: plan.config.epochs,
    seed: plan.config.seed,
    backend,
    testFaces: testFaces.length,
    nativeFaces: real.length,
    errors: errors as Record<AblationSetting, number[]>,
    native: native as Record<AblationSetting, NativeMeasures>,
  });
  // Each face once for each setting, side by side.
  await store.write(NATIVE_SHEET, drawPredictions(shown.flatMap((_, face) => drawn.map((setting) => setting[face]!))));
  output.stdout.write(`${store.location}/ablation.md\n`);
  return 0;
}

/** Trains one setting, or goes on with it, or finds it done. Gives its weights' file, or undefined when it was stopped. */
async function trainOne(
  preset: 'stage-one' | AblationSetting,
  { out, scale, changes, workers, backend, resume, output, signal }: Ablation,
  sources: TrainingSources,
  measure?: (network: HeatmapUNet) => Promise<void>,
): Promise<string | undefined> {
  const plan = planTraining(preset, scale, changes);
  const store = await createRunFolder(`${out}/${preset}`);
  await assertFreshRun(store, resume);
  const training = plan.begin(sources, store);
  try {
    output.stderr.write(`${preset}: ${training.parameterCount} weights.\n`);
    const description = { preset, scale, backend };
    const finished = await carryOutTraining(training, store, {
      resume,
      workers,
      signal,
      stderr: output.stderr,
      description,
    });
    if (!finished) {
      output.stdout.write(`Stopped in ${preset} at step ${training.trainer.state.step}. Go on with --resume.\n`);
      return undefined;
    }
    if (training.network) await measure?.(training.network);
    return `${store.location}/${training.result}`;
  } finally {
    training.trainer.dispose();
  }
}

async function writeReport(store: RunStore, { stderr }: CommandOutput, report: AblationReport): Promise<void> {
  const { markdown, json } = formatAblation(report);
  await store.write('ablation.md', markdown);
  await store.write('ablation.json', json);
  await drawAblation(report.errors, store, stderr);
}

export default defineCommand({
  meta: {
    name: 'ablate',
    description: "Train stage one and the settings S1 to S4, and compare them as the paper's Table 1b does.",
  },
  args: {
    data: { type: 'string', required: true, description: 'folder that holds 300w/ and/or ytf/, and lowres/' },
    out: { type: 'string', required: true, description: 'run folder: a folder for each training, and the table' },
    generator: { type: 'string', description: "G1's weights, instead of training stage one" },
    ...trainingArguments,
  },
  run: ({ args }) => runCommand((output, signal) => runAblate(args, output, signal)),
});
