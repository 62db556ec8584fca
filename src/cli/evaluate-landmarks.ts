import { createHash } from 'node:crypto';
import { InvalidArgumentError } from '../errors.js';
import { networkPredictor } from '../evaluation/detector-predictor.js';
import { evaluatePredictions } from '../evaluation/evaluate-predictions.js';
import { truthsOf } from '../evaluation/evaluated-face.js';
import type { LandmarkPredictor } from '../evaluation/landmark-predictor.js';
import { meanShapePredictor } from '../evaluation/mean-shape-predictor.js';
import { PAPER_ABLATION } from '../experiments/ablation.js';
import { beginRun } from '../experiments/begin-run.js';
import { hrLdTable } from '../experiments/hr-ld-table.js';
import { type EvaluatedSet, facesCsv, setSections } from '../experiments/landmark-report.js';
import { predictAll } from '../experiments/predict-all.js';
import { type SettingFaces, settingFaces } from '../experiments/setting-faces.js';
import { settingWeights } from '../experiments/setting-weights.js';
import { planTraining, type TrainingPreset, trainingPresets } from '../experiments/training-plan.js';
import { writeReport } from '../node/report/write-report.js';
import { createRunFolder } from '../node/runs/run-folder.js';
import type { ReportSection } from '../reports/report.js';
import { settingsSection } from '../reports/settings-section.js';
import type { RunStore } from '../training-loop/run-store.js';
import { noteEmptySizes, settingsShown } from './compare.js';
import { type FaceChoice, type FaceOptions, faceChoice } from './face-options.js';
import type { CommandOutput } from './run-command.js';
import { startBackend } from './start-backend.js';
import { type TrainingOptions, trainingChanges } from './training-options.js';

/** What `lowres-landmarks evaluate landmarks` is asked to do. */
export interface EvaluateLandmarksOptions extends TrainingOptions, Omit<FaceOptions, 'seed'> {
  setting: string;
  weights?: string | undefined;
}

const SETTINGS = trainingPresets.filter((preset) => preset !== 'stage-one');

/** Evaluates one setting of the paper, trained first where it is not; the work of `lowres-landmarks evaluate landmarks`. */
export async function runEvaluateLandmarks(
  options: EvaluateLandmarksOptions,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<number> {
  const { data, out, scale = 'paper', generator, resume = false } = options;
  const setting = parseSetting(options.setting);
  const { workers = 1 } = options;
  const changes = trainingChanges(options);
  const { seed } = planTraining(setting, scale, changes).config;
  // The seed is the training's and G1's: small faces stay those of the published table.
  const choice = faceChoice({ ...options, seed: undefined });
  const backend = await startBackend(options.backend, workers);
  const sets = await settingFaces(setting, data, { generator, seed, choice });
  const store = await createRunFolder(out);
  const run = { out, scale, changes, workers, backend, resume, output, signal };
  const found = await settingWeights(setting, { data, weights: options.weights, generator }, store, run);
  if (!found) return 1;
  const settings = {
    ...{ command: 'evaluate landmarks', setting, data, weights: found.source, checksum: checksum(found.weights) },
    ...{ faces: sets.map(({ key, faces }) => `${faces.length} ${key}`), sizes: choice.sizes, boxes: choice.boxes },
    ...{ limit: choice.limit ?? null, seed, generator: generator ?? 'in the package', backend },
  };
  // A run of `train` keeps its configuration in config.json.
  await beginRun(store, settings, { resume, stderr: QUIET, file: 'evaluation.json' });
  const predictors = [await networkPredictor(found.weights, { name: setting }), meanShapePredictor()];
  try {
    const evaluated = await evaluateSets(sets, predictors, store, choice, output, signal);
    if (!evaluated) return 1;
    const sections: ReportSection[] = setting === 'HR-LD' ? [hrLdTable(evaluated, seed)] : [];
    for (const set of evaluated) sections.push(...(await setSections(set)));
    const sizes = choice.sizes.map(({ low, high }) => `${low}-${high}`);
    sections.push(settingsSection(settingsShown({ ...settings, sizes })));
    await store.write('faces.csv', facesCsv(evaluated));
    const report = { title: `Setting ${setting}`, lead: leadOf(setting), sections };
    await writeReport(store, report, { onNote: (message) => output.stderr.write(`${message}\n`) });
    output.stdout.write(`${store.location}/report.html\n`);
    return 0;
  } finally {
    for (const predictor of predictors) predictor.dispose?.();
  }
}

/** The training has said already whether there was something to resume. */
const QUIET = { write() {} };

async function evaluateSets(
  sets: readonly SettingFaces[],
  predictors: readonly LandmarkPredictor[],
  store: RunStore,
  { sizes, seed }: FaceChoice,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<EvaluatedSet[] | undefined> {
  const evaluated: EvaluatedSet[] = [];
  for (const { key, faces } of sets) {
    output.stderr.write(`${faces.name}:\n`);
    const predictions = await predictAll(predictors, faces, store, `predictions/${key}`, output, signal);
    if (!predictions) return undefined;
    const truths = await truthsOf(faces);
    const isSmall = key === 'small';
    if (isSmall) noteEmptySizes(truths, sizes, output);
    const options = { scheme: faces.scheme, sizes: isSmall ? sizes : [], seed };
    const results = evaluatePredictions(predictions, truths, options);
    evaluated.push({
      key,
      faces,
      truths,
      predictions,
      results,
      ...(key === 'generated' && isInPaper(predictors[0]!.name) ? { paper: PAPER_ABLATION } : {}),
    });
  }
  return evaluated;
}

function parseSetting(setting: string): Exclude<TrainingPreset, 'stage-one'> {
  const known = SETTINGS.find((one) => one === setting);
  if (known) return known;
  throw new InvalidArgumentError(`There is no setting "${setting}" of landmarks. Choose ${SETTINGS.join(', ')}.`);
}

function leadOf(setting: TrainingPreset): string {
  if (setting === 'HR-LD') return 'G2 at 128 pixels on 300-W test faces as they are (section 4.4, Table 4).';
  const faces =
    'test faces made small by G1, as in Table 1b, and test faces made small as cameras do, which no setting learns from';
  const paper = isInPaper(setting) ? "The paper's numbers are of its own data." : '';
  return `G2 on ${faces}. ${paper}`.trim();
}

/** Whether Table 1b has the setting. */
function isInPaper(setting: string): boolean {
  return Object.hasOwn(PAPER_ABLATION, setting);
}

function checksum(weights: Uint8Array): string {
  return createHash('sha256').update(weights).digest('hex').slice(0, 12);
}
