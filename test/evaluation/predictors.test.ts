import { describe, expect, it } from 'vitest';
import { createLandmarkDetector } from '../../src/detect/create-landmark-detector.js';
import { InvalidArgumentError, WeightsCorruptError } from '../../src/errors.js';
import { detectorPredictor, networkPredictor } from '../../src/evaluation/detector-predictor.js';
import { meanShapePredictor } from '../../src/evaluation/mean-shape-predictor.js';
import { faceBoxFromLandmarks } from '../../src/landmarks/face-box.js';
import { meanShape } from '../../src/landmarks/mean-shape.js';
import { open300W } from '../../src/node/datasets/landmarks-300w.js';
import { tinyWeightsFile } from '../detect/tiny-weights.js';
import { sharedData } from '../support/shared-data.js';
import { expectNoLeak } from '../support/tensors.js';
import { greyFaces } from './faces.js';

describe('detectorPredictor', () => {
  it("returns the detector's points, in the requested scheme", async () => {
    const { image, box } = await greyFaces(1).face(0);
    await expectNoLeak(async () => {
      const detector = await createLandmarkDetector();
      const ours = detectorPredictor(detector);
      const five = detectorPredictor(detector, { name: 'five', scheme: 5 });
      expect([ours.name, ours.scheme, five.name, five.scheme]).toEqual(['ours', 68, 'five', 5]);
      expect(await ours.predict(image, box)).toEqual((await detector.detect(image, { boxes: box })).points);
      expect(await five.predict(image, box)).toHaveLength(5);
      ours.dispose!();
      await expect(five.predict(image, box)).rejects.toThrow('disposed');
    });
  });
});

describe('networkPredictor', () => {
  it('runs a trained network of any input size and scheme', async () => {
    const { image, box } = await greyFaces(1).face(0);
    for (const [inputSize, landmarks] of [
      [16, 5],
      [32, 68],
      [128, 19],
    ] as const) {
      const weights = await tinyWeightsFile({ inputSize, landmarks });
      await expectNoLeak(async () => {
        const predictor = await networkPredictor(weights, { name: 'tiny' });
        expect([predictor.name, predictor.scheme]).toEqual(['tiny', landmarks]);
        expect(await predictor.predict(image, box)).toHaveLength(landmarks);
        predictor.dispose!();
      });
    }
  });

  it('refuses bytes that are no weights file', async () => {
    await expect(networkPredictor(new Uint8Array(40), { name: 'broken' })).rejects.toThrow(WeightsCorruptError);
  });
});

describe('meanShapePredictor', () => {
  it('places the mean face in the box, whatever the image', async () => {
    const { image } = await greyFaces(1).face(0);
    const floor = meanShapePredictor();
    expect([floor.name, floor.scheme]).toEqual(['mean-shape', 68]);
    const points = await floor.predict(image, { x: 10, y: 20, width: 100, height: 200 });
    // The nose tip is in the middle, the chin at the box's lower edge.
    expect(points[30]).toEqual({ x: expect.closeTo(59.5, 0), y: expect.closeTo(121, 0) });
    expect(points[8]!.y).toBeCloseTo(218.7, 1);
  });

  it('accepts a custom shape of a known scheme, and refuses others', async () => {
    const shape = Array.from({ length: 5 }, (_, index) => ({ x: index / 4, y: 0.5 }));
    const floor = meanShapePredictor(shape, 'mine');
    const { image } = await greyFaces(1).face(0);
    expect(floor.scheme).toBe(5);
    expect((await floor.predict(image, { x: 0, y: 0, width: 9, height: 9 }))[4]).toEqual({ x: 8.5, y: 4 });
    expect(() => meanShapePredictor(shape.slice(1))).toThrow(InvalidArgumentError);
  });

  it.skipIf(!sharedData)("places Helen's mean face by default", async () => {
    const helen = await open300W(`${sharedData}/300w/helen`);
    const samples = [];
    for (let index = 0; index < helen.length; index++) {
      const { points } = await helen.get(index);
      samples.push({ points, box: faceBoxFromLandmarks(points) });
    }
    expect(samples).toHaveLength(870);
    const placed = await meanShapePredictor().predict((await greyFaces(1).face(0)).image, {
      x: 0.5,
      y: 0.5,
      width: 1,
      height: 1,
    });
    meanShape(samples).forEach(({ x, y }, index) => {
      expect(Math.abs(placed[index]!.x - x)).toBeLessThan(6e-5);
      expect(Math.abs(placed[index]!.y - y)).toBeLessThan(6e-5);
    });
  });
});
