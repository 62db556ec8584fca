import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { applyAffine, similarityAbout } from '../../src/geometry/affine.js';
import type { Point } from '../../src/geometry/point.js';
import { flipLandmarks } from '../../src/landmarks/flip.js';
import { flipConsistency, moveConsistency } from '../../src/metrics/consistency.js';
import { alignShape, centroidSize } from '../../src/metrics/procrustes.js';
import { fitShapeModel, plausibility } from '../../src/metrics/shape-model.js';
import { Random } from '../../src/random.js';
import fixture from './numpy/statistics.json' with { type: 'json' };

const toPoints = (rows: number[][]): Point[] => rows.map(([x, y]) => ({ x: x!, y: y! }));

/** Five points that vary in one way: the mouth goes up and down. */
function face(random: Random, mouth = random.normal(0, 1)): Point[] {
  return [
    { x: 10, y: 10 },
    { x: 30, y: 10 },
    { x: 20, y: 20 },
    { x: 13, y: 30 + mouth },
    { x: 27, y: 30 + mouth },
  ];
}
const anywhere = (points: Point[], random: Random) => {
  const map = similarityAbout({ x: 20, y: 20 }, random.uniform(-180, 180), random.uniform(0.5, 4), { x: 70, y: -5 });
  return points.map((point) => applyAffine(map, point));
};

describe('alignShape', () => {
  it("is numpy's Procrustes by singular values", () => {
    const { source, target, aligned } = fixture.procrustes;
    alignShape(toPoints(source), toPoints(target)).points.forEach(({ x, y }, i) => {
      expect(x).toBeCloseTo(aligned[i]![0]!, 9);
      expect(y).toBeCloseTo(aligned[i]![1]!, 9);
    });
  });

  it('undoes any rotation, scale and shift', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const random = new Random(seed);
        const points = face(random);
        const { points: back, residual } = alignShape(anywhere(points, random), points);
        expect(residual).toBeCloseTo(0, 8);
        for (const [i, { x }] of back.entries()) expect(x).toBeCloseTo(points[i]!.x, 8);
      }),
    );
  });

  it('does not mirror', () => {
    const points = face(new Random(1), 3);
    points[0]!.y += 5;
    const mirrored = points.map(({ x, y }) => ({ x: -x, y }));
    expect(alignShape(mirrored, points).residual).toBeGreaterThan(1);
  });

  it('refuses coinciding points, NaN, and another number of points', () => {
    const points = face(new Random(1));
    expect(() => alignShape(Array(5).fill({ x: 1, y: 1 }), points)).toThrow(InvalidArgumentError);
    expect(() => alignShape([{ x: Number.NaN, y: 1 }, ...points.slice(1)], points)).toThrow(InvalidArgumentError);
    expect(() => alignShape(points.slice(1), points)).toThrow(/4 and 5/);
  });
});

describe('centroidSize', () => {
  it('is the root of the mean squared distance from the centre', () => {
    expect(
      centroidSize([
        { x: 0, y: 0 },
        { x: 6, y: 8 },
      ]),
    ).toBeCloseTo(5, 12);
  });
});

describe('the shape model', () => {
  const random = new Random(4);
  const shapes = Array.from({ length: 300 }, () => anywhere(face(random), random));
  const model = fitShapeModel(shapes);

  it('finds the single mode in which the shapes differ', () => {
    expect(model.modes).toHaveLength(1);
  });

  it('gives a face one standard deviation from the mean a distance of 1, at any position and size', () => {
    for (const deviation of [1, 2, 3]) {
      const far = plausibility(model, anywhere(face(random, deviation), random));
      expect(far.mahalanobis).toBeGreaterThan(0.8 * deviation);
      expect(far.mahalanobis).toBeLessThan(1.2 * deviation);
      expect(far.residual).toBeLessThan(0.01);
    }
  });

  it('shows shapes that no face has in the residual', () => {
    const points = face(random, 0);
    points[2] = { x: points[2]!.x + 4, y: points[2]!.y };
    const { mahalanobis, residual } = plausibility(model, points);
    expect(residual).toBeGreaterThan(0.08);
    expect(mahalanobis).toBeLessThan(2);
  });

  it('ignores faces with invisible points, and refuses to learn from a single one', () => {
    const hidden = [{ x: Number.NaN, y: Number.NaN }, ...shapes[0]!.slice(1)];
    expect(fitShapeModel([...shapes, hidden])).toEqual(model);
    expect(() => fitShapeModel([shapes[0]!, hidden])).toThrow(/at least 2/);
  });
});

describe('moveConsistency and flipConsistency', () => {
  const points = face(new Random(2), 0);

  it('are 0 when the points move with the face', () => {
    const map = similarityAbout({ x: 16, y: 16 }, 10, 1, { x: 18, y: 18 });
    const moved = points.map((point) => applyAffine(map, point));
    expect(moveConsistency(points, moved, map)).toBeCloseTo(0, 10);
    expect(flipConsistency(points, flipLandmarks(points, 5, 40), 5, 40)).toBe(0);
  });

  it('are the mean distance as a share of the square root of the box’s area', () => {
    // The box is 20 by 20, and a network that does not notice the shift is 3 pixels off.
    expect(moveConsistency(points, points, [1, 0, 3, 0, 1, 0])).toBeCloseTo(3 / 20, 10);
    const off = flipLandmarks(points, 5, 40).map(({ x, y }) => ({ x, y: y + 2 }));
    expect(flipConsistency(points, off, 5, 40)).toBeCloseTo(2 / 20, 10);
  });
});
