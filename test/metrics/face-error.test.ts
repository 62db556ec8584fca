import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { faceError } from '../../src/metrics/face-error.js';
import { boxSize, interOcularDistance, interPupilDistance } from '../../src/metrics/normalizers.js';

const invisible = { x: Number.NaN, y: Number.NaN };

describe('faceError', () => {
  it('is the mean distance divided by the size', () => {
    const truth = [
      { x: 0, y: 0 },
      { x: 10, y: 10 },
    ];
    const predicted = [
      { x: 3, y: 4 },
      { x: 10, y: 11 },
    ];
    expect(faceError(predicted, truth, 20)).toBe((5 + 1) / 2 / 20);
  });

  it('does not count invisible points, wherever they are predicted', () => {
    expect(faceError([{ x: 3, y: 4 }, { x: 99, y: 99 }, invisible], [{ x: 0, y: 0 }, invisible, invisible], 10)).toBe(
      0.5,
    );
  });

  it('is infinite when a visible point was not predicted', () => {
    expect(
      faceError(
        [invisible, { x: 1, y: 1 }],
        [
          { x: 0, y: 0 },
          { x: 1, y: 1 },
        ],
        10,
      ),
    ).toBe(Number.POSITIVE_INFINITY);
  });

  it('refuses faces without a visible point, different lengths and sizes that are not positive', () => {
    const point = [{ x: 0, y: 0 }];
    expect(() => faceError(point, [invisible], 10)).toThrow(InvalidArgumentError);
    expect(() => faceError([], [], 10)).toThrow(InvalidArgumentError);
    expect(() => faceError(point, [], 10)).toThrow('got 1 and 0');
    for (const size of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => faceError(point, point, size)).toThrow(`Normalizer ${size}`);
    }
  });
});

describe('normalizers', () => {
  const face = Array.from({ length: 68 }, (_, index) => ({ x: index, y: index >= 42 && index < 48 ? 8 : 0 }));

  it('boxSize is the square root of the area', () => expect(boxSize({ x: 5, y: 5, width: 9, height: 16 })).toBe(12));
  it('interPupilDistance is between the means of the eyes’ points', () => expect(interPupilDistance(face)).toBe(10)); // (38.5, 0) to (44.5, 8)
  it('interOcularDistance is between the outer eye corners', () =>
    expect(interOcularDistance(face)).toBe(Math.hypot(9, 8)));
  it('eye distances are NaN when a point they need is invisible, which faceError refuses', () => {
    for (const hidden of [36, 38, 45, 47]) {
      const truth = face.map((point, index) => (index === hidden ? invisible : point));
      expect(interPupilDistance(truth)).toBeNaN();
      expect(Number.isNaN(interOcularDistance(truth))).toBe(hidden === 36 || hidden === 45);
      expect(() => faceError(face, truth, interPupilDistance(truth))).toThrow(/NaN when an eye is invisible/);
      expect(faceError(face, truth, 10)).toBe(0);
    }
    const noChin = face.map((point, index) => (index === 8 ? invisible : point));
    expect([interPupilDistance(noChin), interOcularDistance(noChin)]).toEqual([10, Math.hypot(9, 8)]);
  });
  it('eye distances refuse other schemes than 68 points', () => {
    expect(() => interPupilDistance(face.slice(0, 19))).toThrow(InvalidArgumentError);
    expect(() => interOcularDistance([])).toThrow('got 0');
  });
});
