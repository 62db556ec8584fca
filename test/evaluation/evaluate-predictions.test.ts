import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { evaluatePredictions, type PredictorRecords } from '../../src/evaluation/evaluate-predictions.js';
import { type FaceTruth, truthsOf } from '../../src/evaluation/evaluated-face.js';
import type { LandmarkPredictor } from '../../src/evaluation/landmark-predictor.js';
import { predictFaces } from '../../src/evaluation/predict-faces.js';
import type { Point } from '../../src/geometry/point.js';
import { convertLandmarks } from '../../src/landmarks/convert.js';
import { answering, greyFaces, offBy } from './faces.js';

const faces = greyFaces(6);
const faces68 = greyFaces(6, 68);

async function recordsOf(predictor: LandmarkPredictor, set = faces): Promise<PredictorRecords> {
  const records = [];
  for await (const record of predictFaces(predictor, set)) records.push(record);
  return { name: predictor.name, scheme: predictor.scheme, records };
}

const invisible: Point = { x: Number.NaN, y: Number.NaN };

describe('evaluatePredictions', () => {
  it('divides distances by the size of the face, in percent, on the chosen points', async () => {
    const [result] = evaluatePredictions([await recordsOf(offBy(0.5, faces))], await truthsOf(faces), { scheme: 5 });
    const { measurement, errors, all, byPoint, comparison } = result!.results[0]!;
    expect(result!.results).toHaveLength(1);
    expect(measurement).toEqual({ points: 5, normalizer: 'box' });
    // Half a pixel of 10.
    for (const error of errors) expect(error).toBeCloseTo(0.05, 12);
    expect(all.summary.nrmse.mean).toBeCloseTo(5, 10);
    expect(all.summary.auc008).toBeCloseTo(100 * (1 - 0.05 / 0.08), 10);
    expect(all.meanError!.low).toBeCloseTo(0.05, 10);
    for (const point of byPoint) expect(point.mean).toBeCloseTo(0.05, 12);
    expect(comparison).toBeUndefined();
  });

  it('measures 68 points by the box on 68 and 5 points and by both eye distances', async () => {
    const truths = await truthsOf(faces68);
    const [result] = evaluatePredictions([await recordsOf(offBy(1, faces68), faces68)], truths, { scheme: 68 });
    expect(result!.results.map(({ measurement: { points, normalizer } }) => `${points} ${normalizer}`)).toEqual([
      '68 box',
      '5 box',
      '68 inter-ocular',
      '68 inter-pupil',
    ]);
    const { points } = truths[3]!;
    const centre = (from: number) => {
      const eye = points.slice(from, from + 6);
      return { x: eye.reduce((sum, { x }) => sum + x / 6, 0), y: eye.reduce((sum, { y }) => sum + y / 6, 0) };
    };
    const [left, right] = [centre(36), centre(42)];
    const [, five, ocular, pupil] = result!.results;
    expect(five!.errors[3]).toBeCloseTo(0.1, 12);
    expect(ocular!.errors[3]).toBeCloseTo(
      1 / Math.hypot(points[36]!.x - points[45]!.x, points[36]!.y - points[45]!.y),
      9,
    );
    expect(pupil!.errors[3]).toBeCloseTo(1 / Math.hypot(left.x - right.x, left.y - right.y), 9);
  });

  it('measures a predictor of 5 points on 5 points only, and against a finer one on these', async () => {
    const five = answering(5, 'five', async (index) => {
      const { points } = await faces68.face(index);
      return convertLandmarks(points, 68, 5).map(({ x, y }) => ({ x, y: y + 2 }));
    });
    const predictions = [await recordsOf(offBy(1, faces68), faces68), await recordsOf(five, faces68)];
    const [, result] = evaluatePredictions(predictions, await truthsOf(faces68), { scheme: 68 });
    expect(result!.results.map(({ measurement }) => measurement.points)).toEqual([5]);
    const { comparison } = result!.results[0]!;
    // A tenth of the face worse on every face.
    expect(comparison!.difference).toBeCloseTo(0.1, 10);
    expect([comparison!.wins, comparison!.losses]).toEqual([0, 6]);
  });

  it('counts lost faces as failures, outside the mean', async () => {
    const good = offBy(0.5, faces);
    const losing = answering(5, 'losing', async (index) => {
      if (index === 2) throw new Error('lost');
      const { image, box } = await faces.face(index);
      return good.predict(image, box);
    });
    const predictions = [await recordsOf(good), await recordsOf(losing)];
    const [, result] = evaluatePredictions(predictions, await truthsOf(faces), { scheme: 5 });
    const { errors, all, comparison } = result!.results[0]!;
    expect(result!.failures).toEqual([{ id: 'face-2', failure: 'threw Error: lost' }]);
    expect(errors[2]).toBe(Number.POSITIVE_INFINITY);
    expect([all.summary.faces, all.summary.failed]).toEqual([6, 1]);
    expect(all.summary.nrmse.mean).toBeCloseTo(5, 10);
    expect(all.summary.auc008).toBeCloseTo((5 / 6) * 37.5, 10);
    expect(all.summary.failureRate008).toBeCloseTo(100 / 6, 10);
    expect(comparison).toMatchObject({ wins: 0, losses: 1, ties: 5, failed: { first: 1, second: 0 } });
  });

  it('counts a face with a missing visible point as lost, unless the measurement does not need the point', async () => {
    const jawless = answering(68, 'jawless', async (index) => {
      return (await faces68.face(index)).points.map((point, at) => (at < 17 ? invisible : point));
    });
    const [result] = evaluatePredictions([await recordsOf(jawless, faces68)], await truthsOf(faces68), { scheme: 68 });
    const [all, five] = result!.results;
    expect(all!.all.summary.failed).toBe(6);
    expect(all!.all.meanError).toBeUndefined();
    expect(all!.byPoint[0]).toMatchObject({ visible: 6, failed: 6 });
    expect(five!.all.summary).toMatchObject({ failed: 0, nrmse: { mean: 0, std: 0 } });
    expect(result!.failures).toEqual([]);
  });

  it('leaves out a face whose annotation does not allow the measurement', async () => {
    const truths = await truthsOf(faces68);
    truths[1] = { ...truths[1]!, points: truths[1]!.points.map((point, at) => (at === 36 ? invisible : point)) };
    const [result] = evaluatePredictions([await recordsOf(offBy(1, faces68), faces68)], truths, { scheme: 68 });
    expect(result!.results.map(({ errors }) => errors[1] === undefined)).toEqual([false, false, true, true]);
    expect(result!.results.map(({ all }) => all.summary.faces)).toEqual([6, 6, 5, 5]);
  });

  it('measures by size, and leaves a size without faces undefined', async () => {
    const truths = (await truthsOf(faces)).map((truth, index): FaceTruth => ({ ...truth, size: 12 + 2 * index }));
    const sizes = [
      { low: 12, high: 16 },
      { low: 16, high: 20 },
      { low: 30, high: 40 },
    ];
    const [result] = evaluatePredictions([await recordsOf(offBy(1, faces))], truths, { scheme: 5, sizes });
    const { bySize, all } = result!.results[0]!;
    expect(bySize.map(({ result: found }) => found?.summary.faces)).toEqual([2, 2, undefined]);
    expect(all.summary.faces).toBe(6);
  });

  it('is the same for the same seed, and reports the median time', async () => {
    const predictions = await recordsOf(offBy(1, faces));
    const times = [5, 1, 9, 3, 100, 7];
    const records = predictions.records.map((record, index) => ({ ...record, milliseconds: times[index]! }));
    const evaluate = async () =>
      evaluatePredictions([{ ...predictions, records }], await truthsOf(faces), { scheme: 5 });
    expect(await evaluate()).toEqual(await evaluate());
    expect((await evaluate())[0]!.milliseconds).toBe(6);
  });

  it.each<[string, (good: PredictorRecords) => PredictorRecords[], string]>([
    ['no predictor', () => [], 'No predictors'],
    ['two of one name', (good) => [good, good], 'Two predictors are named "off by 1"'],
    ['too few records', (good) => [{ ...good, records: good.records.slice(1) }], '5 faces for 6 faces'],
    [
      'records of other faces',
      (good) => [{ ...good, records: good.records.map((record) => ({ ...record, id: 'other' })) }],
      'of the face other, not of face-0',
    ],
    ['another number of points than it says', (good) => [{ ...good, scheme: 68 }], 'Got 5 points for a scheme of 68'],
  ])('refuses %s', async (_, change, message) => {
    const predictions = change(await recordsOf(offBy(1, faces)));
    const truths = await truthsOf(faces);
    expect(() => evaluatePredictions(predictions, truths, { scheme: 5 })).toThrow(InvalidArgumentError);
    expect(() => evaluatePredictions(predictions, truths, { scheme: 5 })).toThrow(message);
  });

  it('refuses an empty set and an unknown reference', async () => {
    const good = await recordsOf(offBy(1, faces));
    expect(() => evaluatePredictions([{ ...good, records: [] }], [], { scheme: 5 })).toThrow('No faces to evaluate on');
    const truths = await truthsOf(faces);
    expect(() => evaluatePredictions([good], truths, { scheme: 5, reference: 'theirs' })).toThrow(
      'No predictor "theirs"',
    );
  });
});
