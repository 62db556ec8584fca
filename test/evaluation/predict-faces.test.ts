import { describe, expect, it, vi } from 'vitest';
import type { LandmarkPredictor } from '../../src/evaluation/landmark-predictor.js';
import { type PredictFacesOptions, type PredictionRecord, predictFaces } from '../../src/evaluation/predict-faces.js';
import { answering, greyFaces, offBy } from './faces.js';

async function recordsOf(predictor: LandmarkPredictor, count = 4, options: PredictFacesOptions = {}) {
  const records: PredictionRecord[] = [];
  for await (const record of predictFaces(predictor, greyFaces(count), options)) records.push(record);
  return records;
}

const faces = greyFaces(4);

describe('predictFaces', () => {
  it('passes each face and its box to the predictor, and records the points in order', async () => {
    const predictor = offBy(2, faces);
    const predict = vi.spyOn(predictor, 'predict');
    const records = await recordsOf(predictor);
    expect(records.map(({ id }) => id)).toEqual(['face-0', 'face-1', 'face-2', 'face-3']);
    const { points } = await faces.face(2);
    expect(records[2]!.points).toEqual(points.map(({ x, y }) => ({ x: x + 2, y })));
    // The first one is asked for twice: once to warm up.
    expect(predict.mock.calls.map(([, box]) => box.x)).toEqual([0, 0, 1, 2, 3]);
  });

  it('records a face as lost when the predictor throws, and continues', async () => {
    const good = offBy(0, faces);
    const predictor = answering(5, 'throws on the third', async (index) => {
      if (index === 2) throw new TypeError('no face here');
      return good.predict((await faces.face(index)).image, (await faces.face(index)).box);
    });
    const records = await recordsOf(predictor);
    expect(records.map(({ failure }) => failure)).toEqual([
      undefined,
      undefined,
      'threw TypeError: no face here',
      undefined,
    ]);
    expect(records.map(({ points }) => points === null)).toEqual([false, false, true, false]);
  });

  it.each<[string, unknown, string]>([
    ['NaN for every point', Array(5).fill({ x: Number.NaN, y: 1 }), 'gave NaN for every point'],
    ['too few points', Array(4).fill({ x: 1, y: 1 }), 'gave 4 points instead of 5'],
    ['nothing', undefined, 'gave undefined instead of 5 points'],
    ['pairs', Array(5).fill([1, 2]), 'gave [1,2] as point 0, which must be { x, y }'],
    ['an empty place', [...Array(4).fill({ x: 1, y: 1 }), null], 'gave null as point 4, which must be { x, y }'],
    ['infinity', [...Array(4).fill({ x: 1, y: 1 }), { x: 1, y: -Infinity }], 'gave an infinite point 4'],
  ])('names what is wrong with %s', async (_, answer, failure) => {
    const records = await recordsOf(
      answering(5, 'strange', async () => answer as []),
      1,
    );
    expect(records).toEqual([{ id: 'face-0', points: null, failure, milliseconds: expect.any(Number) }]);
  });

  it('records single points that were not found as NaN', async () => {
    const points = [{ x: Number.NaN, y: Number.NaN }, ...Array(4).fill({ x: 1, y: 1 })];
    expect(
      (
        await recordsOf(
          answering(5, 'partial', async () => points),
          1,
        )
      )[0]!.points,
    ).toEqual(points);
  });

  it("records x and y alone, without a predictor's other fields", async () => {
    const point = { x: 1, y: 2, score: 0.5 };
    const [record] = await recordsOf(
      answering(5, 'scored', async () => Array(5).fill(point)),
      1,
    );
    expect(record!.points![0]).toEqual({ x: 1, y: 2 });
  });

  it('times each face, but not the warm-up call', async () => {
    let calls = 0;
    const slow = answering(5, 'slow', async () => {
      await new Promise((resolve) => setTimeout(resolve, calls++ === 0 ? 200 : 20));
      return Array(5).fill({ x: 1, y: 1 });
    });
    for (const { milliseconds } of await recordsOf(slow, 3)) {
      expect(milliseconds).toBeGreaterThan(15);
      expect(milliseconds).toBeLessThan(150);
    }
  });

  it('stops after the face in progress, and continues at `from`', async () => {
    const controller = new AbortController();
    const predictor = answering(5, 'interrupted', async (index) => {
      if (index === 1) controller.abort();
      return Array(5).fill({ x: index, y: 1 });
    });
    const first = await recordsOf(predictor, 4, { signal: controller.signal });
    expect(first.map(({ id }) => id)).toEqual(['face-0', 'face-1']);
    expect((await recordsOf(predictor, 4, { from: 2 })).map(({ id }) => id)).toEqual(['face-2', 'face-3']);
  });
});
