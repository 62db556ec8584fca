import * as tf from '@tensorflow/tfjs-core';
import type { Dataset } from '../datasets/dataset.js';
import type { UnlabelledSample } from '../datasets/samples.js';
import { InvalidArgumentError } from '../errors.js';
import { type AlignedDataset, alignDataset, identifyPeople } from '../evaluation/identify-people.js';
import type { Report } from '../reports/report.js';
import type { EvaluationOptions, ExperimentOptions } from './experiment.js';
import { type GivenNetworks, type RecognitionData, RecognitionNetworks } from './recognition-networks.js';
import { recognitionReport } from './recognition-report.js';
import { type RecognitionRow, readRow, writeRow } from './recognition-row.js';
import { planRecognition, type RecognitionRows, type RecognitionStep } from './recognition-steps.js';
import { beginRun } from './run-files.js';
import type { TrainingOptions } from './train-preset.js';

/** How {@link evaluateRecognition} goes. */
export interface EvaluateRecognitionOptions extends RecognitionRows, GivenNetworks, TrainingOptions, EvaluationOptions {
  data: RecognitionData;
  /** Whether to add the data's distractors to the gallery, which the paper leaves out. */
  distractors?: boolean | undefined;
}

/**
 * Identifies people by their low-resolution faces, in settings of the paper (L1 to L5, the baseline, I1 to I3, A1,
 * A2; sections 4.3 and 4.4) or with alignments to be compared. Networks that a setting needs are trained in parts of
 * the store, without the people to be identified; each row is kept there when it is done, and a run that was stopped
 * goes on with `resume`.
 *
 * @throws InvalidArgumentError when a row needs something that is missing; CheckpointError when the store holds a run
 * that is not to be resumed, or one of other settings; the signal's reason when it was stopped.
 * @example
 * ```ts
 * const [data, store] = [await openRecognitionData('data'), await createRunFolder('runs/recognition')];
 * const { report } = await evaluateRecognition({ data, store, settings: ['L1', 'I3'], embedder, scale: 'small' });
 * await writeReport(store, report);
 * ```
 */
export async function evaluateRecognition(
  options: EvaluateRecognitionOptions,
): Promise<{ report: Report; rows: RecognitionRow[] }> {
  const { data, distractors = false, scale = 'paper', seed = 0, epochs = null, embedderEpochs = null } = options;
  if (distractors && !data.distractors) {
    throw new InvalidArgumentError(
      'distractors: this data has none. TinyFace has them in Testing_Set/Gallery_Distractor.',
    );
  }
  const steps = planRecognition(options, new RecognitionNetworks(data, options, options), options);
  const settings = {
    ...{ command: 'evaluate recognition', scale, seed, source: data.source, probes: data.probes.length },
    ...{ gallery: data.gallery.length, distractors, epochs, embedderEpochs, transform: options.transform ?? 'affine' },
    ...{ embedder: options.embedder?.name ?? null, superResolver: options.superResolver?.name ?? null },
    ...{ backend: tf.getBackend(), ...options.conditions },
  };
  await beginRun('config.json', settings, options);
  const rows: RecognitionRow[] = [];
  for (const step of steps) {
    const known = await readRow(options.store, step.name);
    const row = known ?? (await carryOut(step, data, distractors, options));
    if (!known) await writeRow(options.store, row);
    rows.push(row);
  }
  const report = await recognitionReport({
    ...{ rows, descriptions: steps.map(({ description }) => description), data, seed },
    ...{ settings, environment: options.environment },
  });
  return { report, rows };
}

async function carryOut(
  { name, aligner: openAligner, embedder: openEmbedder }: RecognitionStep,
  data: RecognitionData,
  withDistractors: boolean,
  { signal, onProgress }: ExperimentOptions,
): Promise<RecognitionRow> {
  const aligner = await openAligner();
  const align = (dataset: Dataset<UnlabelledSample>, size: number): Promise<AlignedDataset> => {
    const report = (done: number, total: number, lost: number) =>
      onProgress?.({ kind: 'faces-aligned', name, done, total, lost });
    report(0, dataset.length, 0);
    return alignDataset(aligner, dataset, size, { onProgress: report, signal });
  };
  try {
    const embedder = await openEmbedder((size) => align(data.training, size));
    try {
      const gallery = await align(data.gallery, embedder.inputSize);
      const probes = await align(data.probes, embedder.inputSize);
      const others = withDistractors ? await align(data.distractors!, embedder.inputSize) : undefined;
      const aligned = { gallery: gallery.faces, probes: probes.faces, distractors: others?.faces };
      const { ranks, averagePrecisions, top1 } = await identifyPeople(embedder, aligned, signal);
      onProgress?.({ kind: 'note', message: `${name}: top-1 ${top1.toFixed(1)} %.` });
      const lost = [gallery, probes, ...(others ? [others] : [])].flatMap((part) => part.lost);
      return { name, embedder: embedder.name, ranks, averagePrecisions, lost };
    } finally {
      embedder.dispose?.();
    }
  } finally {
    aligner.dispose?.();
  }
}
