import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InvalidBoxError } from '../../src/errors.js';
import { convertLandmarks } from '../../src/landmarks/convert.js';
import { faceBoxFromLandmarks } from '../../src/landmarks/face-box.js';
import { sharedData } from '../support/shared-data.js';

describe('faceBoxFromLandmarks', () => {
  it('is the bounding box with an eighth of its height on top', () => {
    const points = [
      { x: 10, y: 20 },
      { x: 50, y: 60 },
      { x: Number.NaN, y: Number.NaN },
      { x: 30, y: 100 },
    ];
    expect(faceBoxFromLandmarks(points)).toEqual({ x: 10.5, y: 10.5, width: 40, height: 90 });
  });

  it('refuses faces without visible points', () => {
    expect(() => faceBoxFromLandmarks([{ x: Number.NaN, y: Number.NaN }])).toThrow(InvalidBoxError);
  });

  describe.skipIf(!sharedData)('on 300-W faces (needs shared data)', () => {
    it('has the eyes at 25 to 35 % of its height on average', () => {
      const folder = join(sharedData!, '300w/helen/trainset');
      const heights = readdirSync(folder)
        .filter((name) => name.endsWith('.pts'))
        .map((name) => {
          const numbers = readFileSync(join(folder, name), 'utf8').match(/\{([^}]*)\}/)![1]!;
          const values = numbers.trim().split(/\s+/).map(Number);
          const points = Array.from({ length: 68 }, (_, i) => ({ x: values[2 * i]! - 1, y: values[2 * i + 1]! - 1 }));
          const [left, right] = convertLandmarks(points, 68, 5);
          const box = faceBoxFromLandmarks(points);
          return ((left!.y + right!.y) / 2 + 0.5 - box.y) / box.height;
        });
      const mean = heights.reduce((sum, height) => sum + height, 0) / heights.length;
      expect(mean).toBeGreaterThan(0.25);
      expect(mean).toBeLessThan(0.35);
    });
  });
});
