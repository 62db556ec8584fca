import { describe, expect, it } from 'vitest';
import { measure } from '../../bench/evaluate/measure.js';
import { shrinkFace } from '../../src/node/datasets/shrink-face.js';
import { photograph } from '../support/faces/photograph.js';

const RANGE = { low: 16, high: 20 };

describe('measure', () => {
  it('asks with the boxes of the kind, in batches, and divides by the tight box of the points', async () => {
    const faces = await Promise.all(Array.from({ length: 40 }, (_, face) => shrinkFace(photograph(), RANGE, face)));
    const asked: number[] = [];
    const errors = await measure(
      async (images, boxes) => {
        asked.push(images.length);
        expect(boxes[0]).toEqual(faces[asked.length === 1 ? 0 : 32]!.jitteredBox);
        const batch = faces.slice(asked.length === 1 ? 0 : 32).slice(0, images.length);
        // Every point 1 px too far to the right.
        return batch.map(({ points }) => ({ points: points.map(({ x, y }) => ({ x: x + 1, y })), score: 0.5 }));
      },
      faces,
      'jitteredBox',
    );
    expect(asked).toEqual([32, 8]);
    errors.forEach(({ points68ByBox, points5ByBox, score }, index) => {
      const { width, height } = faces[index]!.exactBox;
      expect(points68ByBox).toBeCloseTo(1 / Math.sqrt(width * (height / 1.125)), 9);
      expect(points5ByBox).toBeCloseTo(points68ByBox, 9);
      expect(score).toBe(0.5);
    });
  });
});
