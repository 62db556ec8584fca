import { showFaceProgress } from '../cli/face-progress.js';
import { fileNameOf } from '../cli/open-predictors.js';
import type { CommandOutput } from '../cli/run-command.js';
import { completePredictions } from '../evaluation/complete-predictions.js';
import type { PredictorRecords } from '../evaluation/evaluate-predictions.js';
import type { FaceSet } from '../evaluation/evaluated-face.js';
import type { LandmarkPredictor } from '../evaluation/landmark-predictor.js';
import type { RunStore } from '../training-loop/run-store.js';

/**
 * Has each predictor look at each face, one predictor after the other, and keeps every answer in the run's folder.
 *
 * @param folder In the store.
 * @returns Undefined when the signal stopped it, which standard output then says.
 */
export async function predictAll(
  predictors: readonly LandmarkPredictor[],
  faces: FaceSet,
  store: RunStore,
  folder: string,
  { stdout, stderr }: CommandOutput,
  signal: AbortSignal,
): Promise<PredictorRecords[] | undefined> {
  const all: PredictorRecords[] = [];
  for (const predictor of predictors) {
    const { name, scheme } = predictor;
    const progress = showFaceProgress(name, faces.length, stderr);
    const onProgress = (done: number, lost: number) => progress.update(done, lost);
    const file = `${folder}/${fileNameOf(name)}.jsonl`;
    const records = await completePredictions(predictor, faces, store, file, { signal, onProgress }).finally(() =>
      progress.stop(),
    );
    if (records.length < faces.length) {
      stdout.write(`Stopped after ${records.length} of ${faces.length} faces of ${name}. Go on with --resume.\n`);
      return undefined;
    }
    const lost = records.filter(({ points }) => points === null).length;
    stderr.write(`${name}: ${faces.length} faces${lost > 0 ? `, ${lost} lost` : ''}.\n`);
    all.push({ name, scheme, records });
  }
  return all;
}
