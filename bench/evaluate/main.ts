/**
 * `npm run evaluate`: the accuracy of the bundled model by face size, on faces and degradations that training has not seen.
 * Writes bench/results/evaluate.{md,json} and two charts, and runs/native-sheet.png to look at.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { faceBoxFromLandmarks } from '../../src/landmarks/face-box.js';
import { meanShape, placeShape } from '../../src/landmarks/mean-shape.js';
import type { SizeRange } from '../../src/metrics/face-sizes.js';
import { open300W } from '../../src/node/datasets/landmarks-300w.js';
import { EVALUATION_SEED as SEED, type SmallFace, shrinkFace } from '../../src/node/datasets/shrink-face.js';
import { encodePng } from '../../src/node/images/write-png.js';
import { bundledModel } from './bundled-model.js';
import { drawCumulativeErrors, drawRiskCoverage } from './charts.js';
import { type BoxKind, type FaceErrors, measure, type Predict } from './measure.js';
import { chooseNativeFaces, nativeSheet } from './native-sheet.js';
import { type BoxResults, type Results, type Row, report } from './report.js';
import { scoreQuality, summarize } from './summary.js';

const DATA = process.env.LOWRES_LANDMARKS_DATA ?? resolve(import.meta.dirname, '../../../shared/data');
const RESULTS = resolve(import.meta.dirname, '../results');
const RUNS = resolve(import.meta.dirname, '../../runs');

/** Face sizes in pixels; the model is made for the claimed ones. */
const SIZES: (SizeRange & { claimed: boolean })[] = [
  { low: 12, high: 16, claimed: false },
  { low: 16, high: 20, claimed: true },
  { low: 20, high: 24, claimed: true },
  { low: 24, high: 28, claimed: true },
  { low: 28, high: 32, claimed: true },
  { low: 32, high: 40, claimed: false },
];

/** Errors with one kind of boxes, one list per size. */
interface Measured {
  model: FaceErrors[][];
  meanShape: FaceErrors[][];
}

async function main(): Promise<void> {
  const faces = await Promise.all(SIZES.map(smallFaces));
  const floor = await meanShapePredictor();
  const { predict, description, dispose } = await bundledModel();
  const measureBoxes = async (kind: BoxKind): Promise<Measured> => {
    const measured: Measured = { model: [], meanShape: [] };
    for (const ofSize of faces) {
      measured.model.push(await measure(predict, ofSize, kind));
      measured.meanShape.push(await measure(floor, ofSize, kind));
    }
    return measured;
  };
  const exact = await measureBoxes('exactBox');
  const jittered = await measureBoxes('jitteredBox');
  const results: Results = {
    seed: SEED,
    model: description,
    exactBoxes: boxResults(exact),
    disturbedBoxes: boxResults(jittered),
  };
  const charted = {
    model: { exactBox: claimed(exact.model), jitteredBox: claimed(jittered.model) },
    meanShape: { exactBox: claimed(exact.meanShape), jitteredBox: claimed(jittered.meanShape) },
  };
  await mkdir(RESULTS, { recursive: true });
  await writeFile(join(RESULTS, 'evaluate.json'), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(RESULTS, 'evaluate.md'), report(results));
  await writeFile(join(RESULTS, 'evaluate-risk-coverage.svg'), await drawRiskCoverage(charted));
  await writeFile(join(RESULTS, 'evaluate-cumulative-error.svg'), await drawCumulativeErrors(charted));
  console.log(report(results));

  const lowres = join(DATA, 'lowres');
  const natives = await chooseNativeFaces(lowres, SEED);
  await mkdir(RUNS, { recursive: true });
  await writeFile(join(RUNS, 'native-sheet.png'), encodePng(await nativeSheet(lowres, natives, predict)));
  console.log(`Native faces to look at: ${join(RUNS, 'native-sheet.png')}, row by row:`);
  console.log(natives.map(({ file, kind }) => `${file} (${kind})`).join('\n'));
  dispose();
}

async function smallFaces(range: SizeRange): Promise<SmallFace[]> {
  const afw = await open300W(join(DATA, '300w/afw'));
  const faces: SmallFace[] = [];
  for (let index = 0; index < afw.length; index += 1) {
    faces.push(await shrinkFace(await afw.get(index), range, index));
  }
  return faces;
}

/** The mean face of Helen, wherever the box is. */
async function meanShapePredictor(): Promise<Predict> {
  const helen = await open300W(join(DATA, '300w/helen'));
  const samples = [];
  for (let index = 0; index < helen.length; index += 1) {
    const { points } = await helen.get(index);
    samples.push({ points, box: faceBoxFromLandmarks(points) });
  }
  const shape = meanShape(samples);
  return async (_, boxes) => boxes.map((box) => ({ points: placeShape(shape, box), score: 0 }));
}

function boxResults(measured: Measured): BoxResults {
  const rows = SIZES.map(
    ({ low, high, claimed }, size): Row => ({
      size: `${low}-${high}`,
      claimed,
      model: summarize(measured.model[size]!),
      meanShape: summarize(measured.meanShape[size]!),
    }),
  );
  const model = claimed(measured.model);
  const overall = {
    size: 'all',
    claimed: true,
    model: summarize(model),
    meanShape: summarize(claimed(measured.meanShape)),
  };
  return { rows, overall, score: scoreQuality(model) };
}

function claimed(errors: readonly FaceErrors[][]): FaceErrors[] {
  return errors.filter((_, size) => SIZES[size]!.claimed).flat();
}

await main();
