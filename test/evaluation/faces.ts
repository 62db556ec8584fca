import { type EvaluatedFace, type FaceSet, faceSetOf } from '../../src/evaluation/evaluated-face.js';
import type { LandmarkPredictor } from '../../src/evaluation/landmark-predictor.js';
import type { Point } from '../../src/geometry/point.js';
import type { SchemeName } from '../../src/landmarks/schemes.js';
import { Random } from '../../src/random.js';

/** Grey faces of random points in boxes 10 px wide and 40 high: a size of 20, a normalizer of 10. */
export function greyFaces(count: number, scheme: SchemeName = 5): FaceSet {
  const faces = Array.from({ length: count }, (_, index): EvaluatedFace => {
    const random = new Random(1, index);
    return {
      id: `face-${index}`,
      group: `person-${Math.floor(index / 2)}`,
      image: { data: new Uint8Array(30 * 50 * 3).fill(index), width: 30, height: 50 },
      box: { x: index, y: 5, width: 10, height: 40 },
      points: Array.from({ length: scheme }, () => ({ x: random.uniform(0, 30), y: random.uniform(0, 50) })),
      size: 20,
      normalizer: 10,
    };
  });
  return faceSetOf('grey faces', scheme, faces);
}

/** Gives every point so many pixels to the right of where it is. */
export function offBy(pixels: number, faces: FaceSet, name = `off by ${pixels}`): LandmarkPredictor {
  return answering(faces.scheme, name, async (index) => {
    return (await faces.face(index)).points.map(({ x, y }) => ({ x: x + pixels, y }));
  });
}

/** Answers for the face at an index, which it knows by the image's colour. */
export function answering(
  scheme: SchemeName,
  name: string,
  answer: (index: number) => Promise<readonly Point[]>,
): LandmarkPredictor {
  return { name, scheme, predict: (image) => answer(image.data[0]!) };
}
