import { networkPredictor } from '../evaluation/detector-predictor.js';
import type { PredictorResult } from '../evaluation/evaluate-predictions.js';
import { meanShapePredictor } from '../evaluation/mean-shape-predictor.js';
import type { Report, ReportSection } from '../reports/report.js';
import { settingsSection } from '../reports/settings-section.js';
import { type EvaluatedSet, evaluateSet, facesCsv, type NamedSet } from './evaluate-set.js';
import type { EvaluationOptions } from './experiment.js';
import { hrLdTable } from './hr-ld-table.js';
import { landmarkSections } from './landmark-sections.js';
import { paperNumbers } from './paper-ablation.js';
import { beginRun } from './run-files.js';
import type { TrainingPreset } from './training-plan.js';

/** Every preset but stage one, whose network finds no landmarks. */
export type LandmarkSetting = Exclude<TrainingPreset, 'stage-one'>;

/** A set of faces, with the prefix of its files and tables. */
export type SettingFaces = NamedSet & { key: string };

/** How {@link evaluateLandmarks} goes. */
export interface EvaluateLandmarksOptions extends EvaluationOptions {
  /** G2's weights: what {@link trainPreset} gives, or a run's `heatmap-unet.safetensors`. */
  weights: Uint8Array;
  /** `openSettingFaces` of `lowres-landmarks/node` has those of the paper. */
  sets: readonly SettingFaces[];
  /** Of the bootstrap; 0 by default. */
  seed?: number | undefined;
}

/**
 * Evaluates a setting's landmarks against the mean shape and the paper's numbers: S1 to S4 as in Table 1b, HR-LD as
 * in Table 4. The store gets every prediction and error; a stopped run continues with `resume`.
 *
 * @throws CheckpointError when the store holds a run and `resume` is not set, or one of other settings;
 * WeightsMismatchError and WeightsCorruptError for the weights; the signal's reason when it was stopped.
 * @example
 * ```ts
 * const store = await createRunFolder('runs/s4-evaluated');
 * const { report } = await evaluateLandmarks('S4', { weights, sets: await openSettingFaces('data', 'S4'), store });
 * await writeReport(store, report);
 * ```
 */
export async function evaluateLandmarks(
  setting: LandmarkSetting,
  options: EvaluateLandmarksOptions,
): Promise<{ report: Report; results: Record<string, readonly PredictorResult[]> }> {
  const { weights, sets, seed = 0, environment, ...run } = options;
  const faces = sets.map(({ key, faces: { length } }) => `${length} ${key}`);
  const settings = { command: 'evaluate landmarks', setting, faces, ...run.conditions };
  // A training in the same store has its configuration in config.json, and has noted whether there was one to resume.
  await beginRun('evaluation.json', settings, { ...run, onProgress: undefined });
  const predictors = [await networkPredictor(weights, { name: setting }), meanShapePredictor()];
  const evaluated: EvaluatedSet[] = [];
  try {
    for (const set of sets) {
      run.onProgress?.({ kind: 'note', message: `${set.faces.name}:` });
      evaluated.push(await evaluateSet(withPaper(set, setting), predictors, seed, run));
    }
  } finally {
    for (const predictor of predictors) predictor.dispose?.();
  }
  await run.store.write('faces.csv', facesCsv(evaluated));
  const sections: ReportSection[] = setting === 'HR-LD' ? [hrLdTable(evaluated, seed)] : [];
  for (const set of evaluated) sections.push(...(await landmarkSections(set)));
  sections.push(settingsSection(settings, environment));
  return {
    report: { title: `Setting ${setting}`, lead: leadOf(setting), sections },
    results: Object.fromEntries(evaluated.map(({ key, results }) => [key!, results])),
  };
}

/** Table 1b is of faces that G1 generated. */
function withPaper(set: SettingFaces, setting: LandmarkSetting): SettingFaces {
  const paper = paperNumbers(setting);
  return set.key === 'generated' && paper ? { ...set, paper: { [setting]: paper } } : set;
}

function leadOf(setting: LandmarkSetting): string {
  if (setting === 'HR-LD') return 'G2 at 128 pixels on 300-W test faces as they are (section 4.4, Table 4).';
  const faces =
    'test faces rendered in low resolution by G1, as in Table 1b, and test faces shrunk as by cameras, which no setting learns from';
  const paper = paperNumbers(setting) ? " The paper's numbers are of its own data." : '';
  return `G2 on ${faces}.${paper}`;
}
