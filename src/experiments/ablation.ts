import type { Dataset, LandmarkDataset } from '../datasets/dataset.js';
import type { UnlabelledSample } from '../datasets/samples.js';
import { DatasetError } from '../errors.js';
import {
  evaluatePredictions,
  type PredictorRecords,
  type PredictorResult,
} from '../evaluation/evaluate-predictions.js';
import { type FaceSet, truthsOf } from '../evaluation/evaluated-face.js';
import { generatedFaces } from '../evaluation/generated-faces.js';
import type { HeatmapUNet } from '../networks/heatmap-unet.js';
import type { Report } from '../reports/report.js';
import { predictLandmarks } from '../training/predict-landmarks.js';
import { subStore } from '../training-loop/run-store.js';
import { ablationReport } from './ablation-report.js';
import type { EvaluationOptions } from './experiment.js';
import { measureOnNativeFaces, type NativeMeasures, predictNativeFaces, shapeModelOf } from './native-measures.js';
import { ABLATION_SETTINGS, type AblationSetting } from './paper-ablation.js';
import { changesOf, type TrainingOptions, trainPreset, withTrained } from './train-preset.js';
import { loadGenerator, planTraining, type Split } from './training-plan.js';

/** What an ablation trains and measures on: `openAblationData` of `lowres-landmarks/node`. */
export interface AblationData {
  labelled: Split<LandmarkDataset>;
  /** Labelled faces of the tables. */
  test: LandmarkDataset;
  /** Real low-resolution faces, to learn from and held out to measure on. */
  unlabelled: Split<Dataset<UnlabelledSample>>;
}

/** How {@link ablate} goes. */
export interface AblateOptions extends TrainingOptions, EvaluationOptions {
  data: AblationData;
  /** The weights of a trained G1, instead of training stage one. */
  generator?: Uint8Array | undefined;
}

/** What an ablation found. */
export interface Ablation {
  report: Report;
  /** Of S1 to S4 on the test faces that G1 rendered. */
  results: PredictorResult[];
  /** On real low-resolution faces, which have no labels. */
  native: Record<AblationSetting, NativeMeasures>;
}

/** Real faces in the report. */
const SHOWN_FACES = 24;

/**
 * The ablation of section 4.1: trains stage one once and the settings S1 to S4 with the same seed, each in a part of
 * the store, and compares them as Table 1b does.
 *
 * @throws DatasetError without real faces; CheckpointError when the store holds trainings and `resume` is not set; the
 * signal's reason when it was stopped.
 * @example
 * ```ts
 * const store = await createRunFolder('runs/ablation');
 * const { report } = await ablate({ data: await openAblationData('data'), store, scale: 'small' });
 * await writeReport(store, report);
 * ```
 */
export async function ablate(options: AblateOptions): Promise<Ablation> {
  const { data, scale, epochs, seed, conditions, environment, ...run } = options;
  const { labelled, test, unlabelled } = data;
  const real = unlabelled.validation;
  if (real.length === 0) throw new DatasetError('There are no real low-resolution faces to measure on.');
  const changes = changesOf({ scale, epochs, seed });
  const { config } = planTraining('S4', changes);
  const within = (name: string) => ({ ...run, store: subStore(run.store, name) });
  const stageOne = () => trainPreset('stage-one', { labelled, unlabelled }, { ...changes, ...within('stage-one') });
  using generator = await loadGenerator(options.generator ?? (await stageOne()).weights);
  const faces = await generatedFaces(generator, test, config.seed);
  const shapes = await shapeModelOf(labelled.training);
  // Evenly over all of them: neighbours are of one photograph.
  const count = Math.min(SHOWN_FACES, real.length);
  const shown = await Promise.all(
    Array.from({ length: count }, (_, index) => real.get(Math.floor((index * real.length) / count))),
  );
  const predictions: PredictorRecords[] = [];
  const native: Partial<Record<AblationSetting, NativeMeasures>> = {};
  const onShown: Awaited<ReturnType<typeof predictNativeFaces>>[] = [];
  for (const setting of ABLATION_SETTINGS) {
    const sources = { labelled, unlabelled, generator };
    await withTrained(setting, changes, sources, within(setting), async ({ network }) => {
      predictions.push(await predictWith(network!, setting, faces));
      native[setting] = await measureOnNativeFaces(network!, real, shapes);
      onShown.push(await predictNativeFaces(network!, shown));
    });
  }
  const truths = await truthsOf(faces);
  const results = evaluatePredictions(predictions, truths, { scheme: faces.scheme, seed: config.seed });
  const report = await ablationReport({
    set: { faces, truths, predictions, results },
    native: native as Ablation['native'],
    nativeFaces: real.length,
    shown: shown.map(({ id }, face) => ({ id, predictions: onShown.map((ofSetting) => ofSetting[face]!) })),
    settings: { ...conditions, scale: scale ?? 'paper', epochs: config.epochs, seed: config.seed },
    environment,
  });
  return { report, results, native: native as Ablation['native'] };
}

/** A network's predictions in batches, which times do not compare with those of `predictFaces`. */
async function predictWith(network: HeatmapUNet, name: string, faces: FaceSet): Promise<PredictorRecords> {
  const all = await Promise.all(Array.from({ length: faces.length }, (_, index) => faces.face(index)));
  const start = performance.now();
  const predicted = await predictLandmarks(
    network,
    all.map(({ image }) => image),
  );
  const milliseconds = (performance.now() - start) / all.length;
  const records = all.map(({ id }, face) => ({ id, points: predicted[face]!, milliseconds }));
  return { name, scheme: faces.scheme, records };
}
