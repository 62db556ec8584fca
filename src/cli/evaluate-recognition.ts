import type { Dataset } from '../datasets/dataset.js';
import type { UnlabelledSample } from '../datasets/samples.js';
import { type AlignedDataset, alignDataset } from '../evaluation/align-dataset.js';
import type { FaceAligner } from '../evaluation/face-aligner.js';
import { identifyPeople } from '../evaluation/identify-people.js';
import { beginRun, type RunSettings } from '../experiments/begin-run.js';
import { probeFigures } from '../experiments/probe-figures.js';
import { planRecognition, type RecognitionOptions, type RecognitionStep } from '../experiments/recognition-plan.js';
import { recognitionReport } from '../experiments/recognition-report.js';
import { type RecognitionRow, readRow, writeRow } from '../experiments/recognition-row.js';
import { type OpenedIdentificationSets, openIdentificationSets } from '../node/datasets/identification-sets.js';
import { writeReport } from '../node/report/write-report.js';
import { createRunFolder } from '../node/runs/run-folder.js';
import type { FaceEmbedder } from '../recognition/face-embedder.js';
import type { RunStore } from '../training-loop/run-store.js';
import { settingsShown } from './compare.js';
import { showFaceProgress } from './face-progress.js';
import type { CommandOutput } from './run-command.js';
import { startBackend } from './start-backend.js';
import { trainingChanges } from './training-options.js';

/**
 * Identifies people by their low-resolution faces in settings of the paper (L1 to L5, the baseline, I1 to I3, A1, A2) or with alignments to be
 * compared; the work of `lowres-landmarks evaluate recognition`.
 */
export async function runEvaluateRecognition(
  options: RecognitionOptions,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<number> {
  const { data, out, scale = 'paper', resume = false } = options;
  const { workers = 1 } = options;
  const changes = trainingChanges(options);
  const seed = changes.seed ?? 0;
  const sets = await openIdentificationSets(data, { seed, people: options.people });
  const backend = await startBackend(options.backend, workers);
  const run = { out, scale, changes, workers, backend, resume, output, signal };
  const steps = planRecognition(options, run, sets);
  const store = await createRunFolder(out);
  const settings: RunSettings = {
    command: 'evaluate recognition',
    data,
    scale,
    seed,
    source: sets.source,
    probes: sets.probes.length,
    gallery: sets.gallery.length,
    distractors: options.distractors ?? false,
    // Text, as in the run folders of version 0.1.
    epochs: options.epochs?.toString() ?? null,
    embedderEpochs: options.embedderEpochs?.toString() ?? null,
    transform: options.transform ?? 'affine',
    embedder: options.embedder ?? null,
    superResolver: options.superResolver ?? null,
    landmarks: options.landmarks ?? null,
    generator: options.generator ?? null,
    initial: options.initial ?? null,
    backend,
  };
  await beginRun(store, settings, { resume, stderr: output.stderr, file: 'config.json' });
  const rows: RecognitionRow[] = [];
  for (const step of steps) {
    const row = (await readRow(store, step.name)) ?? (await carryOut(step, sets, options, output, signal));
    if (!row) {
      output.stdout.write(`Stopped in ${step.name}. Go on with --resume.\n`);
      return 1;
    }
    await writeRow(store, row);
    rows.push(row);
  }
  await writeFindings(store, { settings, sets, rows, seed }, output);
  output.stdout.write(`${store.location}/report.html\n`);
  return 0;
}

/** One row of the tables; undefined when the signal stopped it. */
async function carryOut(
  step: RecognitionStep,
  sets: OpenedIdentificationSets,
  { distractors = false }: RecognitionOptions,
  output: CommandOutput,
  signal: AbortSignal,
): Promise<RecognitionRow | undefined> {
  let [aligner, embedder]: [FaceAligner | undefined, FaceEmbedder | undefined] = [undefined, undefined];
  const align = (dataset: Dataset<UnlabelledSample>, size: number) =>
    alignShown(step.name, aligner!, dataset, size, output, signal);
  try {
    aligner = await step.aligner();
    if (!aligner) return undefined;
    embedder = await step.embedder((size) => align(sets.training, size));
    if (!embedder) return undefined;
    const gallery = await align(sets.gallery, embedder.inputSize);
    const probes = await align(sets.probes, embedder.inputSize);
    const others = distractors && (await align(sets.distractors!, embedder.inputSize));
    const aligned = { gallery: gallery.faces, probes: probes.faces, ...(others && { distractors: others.faces }) };
    const { ranks, averagePrecisions, top1 } = await identifyPeople(embedder, aligned, signal);
    output.stderr.write(`${step.name}: top-1 ${top1.toFixed(1)} %.\n`);
    const lost = [gallery, probes, ...(others ? [others] : [])].flatMap((part) => part.lost);
    return { name: step.name, embedder: embedder.name, ranks, averagePrecisions, lost };
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    aligner?.dispose?.();
    embedder?.dispose?.();
  }
}

async function alignShown(
  name: string,
  aligner: FaceAligner,
  dataset: Dataset<UnlabelledSample>,
  size: number,
  { stderr }: CommandOutput,
  signal: AbortSignal,
): Promise<AlignedDataset> {
  const progress = showFaceProgress(name, dataset.length, stderr);
  const onProgress = (done: number, _total: number, lost: number) => progress.update(done, lost);
  return alignDataset(aligner, dataset, size, { onProgress, signal }).finally(() => progress.stop());
}

/** What an experiment ends with. */
interface Ending {
  settings: RunSettings;
  sets: OpenedIdentificationSets;
  rows: readonly RecognitionRow[];
  seed: number;
}

async function writeFindings(
  store: RunStore,
  { settings, sets, rows, seed }: Ending,
  { stderr }: CommandOutput,
): Promise<void> {
  const people = Array.from({ length: sets.probes.length }, (_, index) => sets.probes.group(index));
  const findings = {
    settings: settingsShown(settings),
    source: sets.source,
    rows,
    people,
    galleryFaces: sets.gallery.length,
    seed,
  };
  const report = recognitionReport(findings);
  const faces = await probeFigures(rows[0]!, sets.probes);
  await writeReport(
    store,
    { ...report, sections: [...report.sections, ...faces] },
    { onNote: (message) => stderr.write(`${message}\n`) },
  );
}
