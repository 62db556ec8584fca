import { createLandmarkDetector } from '../../src/detect/create-landmark-detector.js';
import type { ContractFixtures } from './contract-types.js';

/** The 68 points of each face, in the image's pixels, by the name of its file. */
export type FacePoints = Record<string, { x: number; y: number }[]>;

/** Runs the bundled detector on the current backend. */
export async function detectFaces({
  weights,
  faces,
}: Pick<ContractFixtures, 'weights' | 'faces'>): Promise<FacePoints> {
  using detector = await createLandmarkDetector({ weights });
  const points: FacePoints = {};
  for (const { name, image, box } of faces) {
    const detection = await detector.detect(image, { boxes: box });
    points[name] = detection.points.map(({ x, y }) => ({ x, y }));
  }
  return points;
}

/** The largest distance between corresponding points, in pixels; infinite where some are missing. */
export function largestDistance(found: FacePoints, expected: FacePoints): number {
  return Math.max(
    ...Object.entries(expected).flatMap(([name, points]) =>
      points.map(({ x, y }, index) => {
        const other = found[name]?.[index];
        return other ? Math.hypot(other.x - x, other.y - y) : Number.POSITIVE_INFINITY;
      }),
    ),
  );
}
