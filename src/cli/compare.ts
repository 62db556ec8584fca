import { arch, cpus } from 'node:os';
import { evaluatePredictions } from '../evaluation/evaluate-predictions.js';
import { type FaceSet, type FaceTruth, truthsOf } from '../evaluation/evaluated-face.js';
import { beginRun } from '../experiments/begin-run.js';
import { facesCsv, setSections } from '../experiments/landmark-report.js';
import { sizeLabel } from '../experiments/landmark-tables.js';
import { predictAll } from '../experiments/predict-all.js';
import type { SizeRange } from '../metrics/face-sizes.js';
import { openEvaluationFaces } from '../node/datasets/evaluation-faces.js';
import { writeReport } from '../node/report/write-report.js';
import { createRunFolder } from '../node/runs/run-folder.js';
import { settingsSection } from '../reports/settings-section.js';
import { type FaceOptions, faceChoice } from './face-options.js';
import { openPredictors } from './open-predictors.js';
import type { CommandOutput } from './run-command.js';
import { startBackend } from './start-backend.js';

/** What `lowres-landmarks compare` is asked to do. */
export interface CompareCommandOptions extends FaceOptions {
  data: string;
  out: string;
  predictors?: readonly string[] | undefined;
  backend?: string | undefined;
  resume?: boolean | undefined;
}

/** Has several predictors look at the same faces, and tells how they did; the work of `lowres-landmarks compare`. */
export async function runCompare(
  options: CompareCommandOptions,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<number> {
  const { data, out, resume = false } = options;
  const choice = faceChoice(options);
  const faces = await openEvaluationFaces(data, choice);
  const backend = await startBackend(options.backend);
  const opened = await openPredictors(options.predictors ?? []);
  try {
    const store = await createRunFolder(out);
    const settings = {
      command: 'compare',
      data,
      limit: choice.limit ?? null,
      faces: faces.length,
      sizes: choice.sizes.map(({ low, high }) => sizeLabel(low, high)),
      boxes: choice.boxes,
      seed: choice.seed,
      backend,
      predictors: opened.map(({ source }) => source),
    };
    await beginRun(store, settings, { resume, stderr: output.stderr, file: 'config.json' });
    const predictors = opened.map(({ predictor }) => predictor);
    const predictions = await predictAll(predictors, faces, store, 'predictions', output, signal);
    if (!predictions) return 1;
    const truths = await truthsOf(faces);
    noteEmptySizes(truths, choice.sizes, output);
    const { scheme } = faces;
    const results = evaluatePredictions(predictions, truths, { scheme, sizes: choice.sizes, seed: choice.seed });
    const set = { faces, truths, predictions, results };
    const report = {
      title: 'Landmark predictors compared',
      lead: leadOf(faces, truths),
      sections: [...(await setSections(set)), settingsSection(settingsShown(settings))],
    };
    await store.write('faces.csv', facesCsv([set]));
    await writeReport(store, report, { onNote: (message) => output.stderr.write(`${message}\n`) });
    output.stdout.write(`${store.location}/report.html\n`);
    return 0;
  } finally {
    for (const { predictor } of opened) predictor.dispose?.();
  }
}

/** What can be told of the machine, since times are of it, and the settings. */
export function settingsShown(settings: Readonly<Record<string, unknown>>): Record<string, string> {
  const shown = Object.entries(settings)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : String(value)]);
  const [cpu] = cpus();
  const machine = `${cpu?.model ?? arch()}, ${cpus().length} cores, Node ${process.version}`;
  return { ...Object.fromEntries(shown), machine };
}

/** Says which sizes no face has: their rows are missing from the tables. */
export function noteEmptySizes(
  truths: readonly FaceTruth[],
  sizes: readonly Readonly<SizeRange>[],
  { stderr }: CommandOutput,
): void {
  for (const { low, high } of sizes) {
    if (truths.some(({ size }) => size >= low && size < high)) continue;
    stderr.write(`No face is of ${sizeLabel(low, high)} px: the tables by size leave it out.\n`);
  }
  const outside = truths.filter(({ size }) => !sizes.some(({ low, high }) => size >= low && size < high)).length;
  if (outside > 0) stderr.write(`${outside} faces are of other sizes: they count in the tables of all faces only.\n`);
}

function leadOf(faces: FaceSet, truths: readonly FaceTruth[]): string {
  const sizes = truths.map(({ size }) => size);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)].map((size) => size.toFixed(0));
  return `${faces.length} faces of ${least} to ${most} px (${faces.name}), annotated with ${faces.scheme} points; each predictor got every face in the same box.`;
}
