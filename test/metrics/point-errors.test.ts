import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { faceError } from '../../src/metrics/face-error.js';
import { pointErrors, summarizePoints } from '../../src/metrics/point-errors.js';

const invisible = { x: Number.NaN, y: Number.NaN };
const { NaN: nan, POSITIVE_INFINITY: infinity } = Number;

describe('pointErrors', () => {
  it('are distances over the size: NaN for what cannot be seen, infinite for what was left out', () => {
    const truth = [{ x: 0, y: 0 }, invisible, { x: 5, y: 5 }, { x: nan, y: 3 }];
    const predicted = [{ x: 3, y: 4 }, { x: 1, y: 1 }, invisible, invisible];
    expect(pointErrors(predicted, truth, 10)).toEqual([0.5, nan, infinity, nan]);
  });

  it('count half a prediction, or one at infinity, as none', () => {
    const truth = [
      { x: 1, y: 1 },
      { x: 1, y: 1 },
    ];
    expect(
      pointErrors(
        [
          { x: 1, y: nan },
          { x: -infinity, y: 1 },
        ],
        truth,
        10,
      ),
    ).toEqual([infinity, infinity]);
  });

  it('have the error of the face as mean, in units of any size', () => {
    const coordinate = fc.double({ min: -50, max: 50, noNaN: true });
    const point = fc.record({ x: coordinate, y: coordinate });
    const faces = fc.array(fc.tuple(point, point, fc.boolean()), { minLength: 1 });
    fc.assert(
      fc.property(faces, fc.double({ min: 1, max: 99, noNaN: true }), (face, size) => {
        const truth = face.map(([, annotated, hidden], i) => (hidden && i > 0 ? invisible : annotated));
        const predicted = face.map(([first]) => first);
        const errors = pointErrors(predicted, truth, size).filter((error) => !Number.isNaN(error));
        const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
        expect(faceError(predicted, truth, size)).toBeCloseTo(mean, 10);
        expect(faceError(predicted, truth, 2 * size)).toBeCloseTo(mean / 2, 10);
      }),
    );
  });

  it('refuse other lengths and sizes that are none', () => {
    expect(() => pointErrors([invisible], [], 1)).toThrow('got 1 and 0');
    expect(() => pointErrors([], [], nan)).toThrow(/Normalizer NaN .* use boxSize/);
  });
});

describe('summarizePoints', () => {
  it('is the mean over the faces that show a point, those that lost it counted apart', () => {
    const faces = [
      [0.1, nan, 0.2, nan],
      [0.3, 0.5, infinity, nan],
      [0.2, nan, 0.4, nan],
    ];
    const [first, second, third, fourth] = summarizePoints(faces);
    expect(first!.mean).toBeCloseTo(0.2, 12);
    expect(second).toEqual({ mean: 0.5, visible: 1, failed: 0 });
    expect(third!.mean).toBeCloseTo(0.3, 12);
    expect([third!.visible, third!.failed]).toEqual([3, 1]);
    expect(fourth).toEqual({ mean: nan, visible: 0, failed: 0 });
  });

  it('has no mean where every face lost the point', () => {
    expect(summarizePoints([[infinity]])).toEqual([{ mean: nan, visible: 1, failed: 1 }]);
  });

  it('refuses no faces, faces of other points, and negative errors', () => {
    expect(() => summarizePoints([])).toThrow(InvalidArgumentError);
    expect(() => summarizePoints([[1, 2], [1]])).toThrow('Face 1 has errors of 1 points, face 0 of 2');
    expect(() => summarizePoints([[0.1], [-0.1]])).toThrow('Error -0.1 of point 0 of face 1');
  });
});
