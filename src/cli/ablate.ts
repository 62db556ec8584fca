import { drawPredictions } from '../drawing/draw-predictions.js';
import { DatasetError } from '../errors.js';
import {
  ABLATION_SETTINGS,
  type AblationSetting,
  errorsOn,
  generateTestFaces,
  shapeModelOf,
} from '../experiments/ablation.js';
import { type AblationReport, formatAblation } from '../experiments/ablation-report.js';
import { drawAblation } from '../experiments/draw-ablation.js';
import { measureOnNativeFaces, type NativeMeasures, predictNativeFaces } from '../experiments/native-measures.js';
import { type SettingRun, trainSetting } from '../experiments/train-setting.js';
import { loadGenerator, openFaces, planTraining } from '../experiments/training-plan.js';
import { openTestData } from '../node/datasets/training-data.js';
import { createRunFolder } from '../node/runs/run-folder.js';
import type { RunStore } from '../training-loop/run-store.js';
import type { CommandOutput } from './run-command.js';
import { startBackend } from './start-backend.js';
import { type TrainingOptions, trainingChanges } from './training-options.js';

/** What `lowres-landmarks ablate` is asked to do. */
export type AblateCommandOptions = TrainingOptions;

/** Real faces with the points of S1 to S4, to be compared by eye. */
const NATIVE_SHEET = 'native-faces';
const SHOWN_FACES = 24;

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
  const { workers = 1 } = options;
  const changes = trainingChanges(options);
  const plan = planTraining('S4', scale, changes);
  const faces = await openFaces(plan, data);
  if (faces.unlabelled!.validation.length === 0) throw new DatasetError(`${data} has no real faces to hold out.`);
  const backend = await startBackend(options.backend, workers);
  const store = await createRunFolder(out);
  const run: SettingRun = { out, scale, changes, workers, backend, resume, output, signal };
  const path = options.generator ?? (await trainSetting('stage-one', run, faces));
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
    Array.from({ length: shownCount }, (_, index) => real.get(Math.floor((index * real.length) / shownCount))),
  );
  const drawn: Awaited<ReturnType<typeof predictNativeFaces>>[] = [];
  for (const setting of ABLATION_SETTINGS) {
    const done = await trainSetting(setting, run, { ...faces, generator }, async (network) => {
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
  await store.writeImage!(
    NATIVE_SHEET,
    drawPredictions(shown.flatMap((_, face) => drawn.map((setting) => setting[face]!))),
  );
  output.stdout.write(`${store.location}/ablation.md\n`);
  return 0;
}

async function writeReport(store: RunStore, { stderr }: CommandOutput, report: AblationReport): Promise<void> {
  const { markdown, json } = formatAblation(report);
  await store.write('ablation.md', markdown);
  await store.write('ablation.json', json);
  await drawAblation(report.errors, store, stderr);
}
