import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { createLandmarkDetector } from '../../src/detect/create-landmark-detector.js';
import type { LandmarkDetector } from '../../src/detect/landmark-detector.js';
import type { Box } from '../../src/geometry/box.js';
import type { Point } from '../../src/geometry/point.js';
import { readImage } from '../../src/node/images/read-image.js';

type FivePoints = [Point, Point, Point, Point, Point];

const folder = new URL('../../examples/faces/', import.meta.url);
const boxes: Record<string, [Box]> = JSON.parse(await readFile(new URL('boxes.json', folder), 'utf8'));

describe('the weights in this package', () => {
  let detector: LandmarkDetector;
  beforeAll(async () => {
    detector = await createLandmarkDetector({ backend: 'wasm' });
    return () => detector.dispose();
  });

  it.each(Object.entries(boxes))('find eyes, nose and mouth where they belong in %s', async (file, [box]) => {
    const image = await readImage(new URL(file, folder));
    const { points, score } = await detector.detect(image, { boxes: box, points: 5 });
    expect(score).toBeGreaterThan(0.3);
    for (const { x, y } of points) {
      expect(x + 0.5).toBeGreaterThan(box.x);
      expect(x + 0.5).toBeLessThan(box.x + box.width);
      expect(y + 0.5).toBeGreaterThan(box.y);
      expect(y + 0.5).toBeLessThan(box.y + box.height);
    }
    const [leftEye, rightEye, nose, leftMouth, rightMouth] = points as unknown as FivePoints;
    const eyes = { x: (leftEye.x + rightEye.x) / 2, y: (leftEye.y + rightEye.y) / 2 };
    const mouth = { x: (leftMouth.x + rightMouth.x) / 2, y: (leftMouth.y + rightMouth.y) / 2 };
    expect(rightEye.x - leftEye.x).toBeGreaterThan(0.2 * box.width);
    expect(rightMouth.x - leftMouth.x).toBeGreaterThan(0.1 * box.width);
    expect(nose.y).toBeGreaterThan(eyes.y + 0.08 * box.height);
    expect(mouth.y).toBeGreaterThan(nose.y + 0.05 * box.height);
    expect(Math.abs(eyes.x - mouth.x)).toBeLessThan(0.3 * box.width);
  });

  it('find the same face in a tighter and a looser box', async () => {
    const [file, [box]] = Object.entries(boxes)[0]!;
    const image = await readImage(new URL(file, folder));
    const scaled = (scale: number) => ({
      x: box.x + (box.width * (1 - scale)) / 2,
      y: box.y + (box.height * (1 - scale)) / 2,
      width: box.width * scale,
      height: box.height * scale,
    });
    const found = await detector.detect(image, { boxes: [box, scaled(0.9), scaled(1.15)], points: 5 });
    for (const { points } of found.slice(1)) {
      points.forEach(({ x, y }, index) => {
        const reference = found[0]!.points[index]!;
        expect(Math.hypot(x - reference.x, y - reference.y)).toBeLessThan(0.1 * box.width);
      });
    }
  });
});
