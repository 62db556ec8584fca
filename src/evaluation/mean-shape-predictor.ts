import { InvalidArgumentError } from '../errors.js';
import type { Point } from '../geometry/point.js';
import { placeShape } from '../landmarks/mean-shape.js';
import { landmarkSchemes, type SchemeName } from '../landmarks/schemes.js';
import type { LandmarkPredictor } from './landmark-predictor.js';

// biome-ignore format: six points a line.
const PAIRS: readonly (readonly [number, number])[] = [
  [0.0124, 0.3088], [0.0170, 0.4272], [0.0337, 0.5448], [0.0626, 0.6583], [0.1152, 0.7626], [0.1962, 0.8526],
  [0.2932, 0.9258], [0.3972, 0.9829], [0.5117, 0.9961], [0.6243, 0.9758], [0.7249, 0.9149], [0.8181, 0.8402],
  [0.8945, 0.7498], [0.9447, 0.6447], [0.9708, 0.5319], [0.9841, 0.4165], [0.9888, 0.2991], [0.0897, 0.2198],
  [0.1500, 0.1656], [0.2374, 0.1481], [0.3290, 0.1577], [0.4133, 0.1852], [0.5731, 0.1787], [0.6616, 0.1501],
  [0.7518, 0.1397], [0.8392, 0.1577], [0.8979, 0.2092], [0.4967, 0.2793], [0.4975, 0.3560], [0.4986, 0.4311],
  [0.5002, 0.5088], [0.3960, 0.5643], [0.4475, 0.5790], [0.4998, 0.5912], [0.5521, 0.5777], [0.5992, 0.5633],
  [0.1917, 0.2954], [0.2465, 0.2657], [0.3126, 0.2669], [0.3672, 0.3052], [0.3106, 0.3159], [0.2439, 0.3166],
  [0.6220, 0.3012], [0.6794, 0.2595], [0.7446, 0.2593], [0.7976, 0.2869], [0.7506, 0.3080], [0.6858, 0.3108],
  [0.3118, 0.7063], [0.3817, 0.6784], [0.4540, 0.6634], [0.4990, 0.6745], [0.5498, 0.6626], [0.6231, 0.6770],
  [0.6910, 0.7001], [0.6255, 0.7627], [0.5558, 0.7919], [0.5015, 0.7978], [0.4520, 0.7937], [0.3808, 0.7673],
  [0.3403, 0.7086], [0.4537, 0.7012], [0.4996, 0.7055], [0.5510, 0.6997], [0.6633, 0.7040], [0.5518, 0.7339],
  [0.4997, 0.7406], [0.4528, 0.7361],
];

/**
 * The mean of the 870 training faces of 300-W's Helen, 68 points in coordinates of the face box (`meanShape` with
 * `faceBoxFromLandmarks`), to four digits. Kept here so that the floor of every table is the same, and is there
 * without the data.
 */
export const MEAN_FACE_68: readonly Point[] = PAIRS.map(([x, y]) => ({ x, y }));

/**
 * The floor that every table shows: a mean face placed in the box, whatever the image.
 *
 * @param shape In coordinates of the face box, as `meanShape` gives it; by default the mean of 300-W's Helen, 68
 * points.
 * @throws InvalidArgumentError unless it has 68, 19 or 5 points.
 * @example
 * const floor = meanShapePredictor(meanShape(trainingFaces));
 */
export function meanShapePredictor(shape: readonly Point[] = MEAN_FACE_68, name = 'mean-shape'): LandmarkPredictor {
  if (!Object.hasOwn(landmarkSchemes, shape.length)) {
    throw new InvalidArgumentError(`A mean shape has 68, 19 or 5 points; got ${shape.length}.`);
  }
  return { name, scheme: shape.length as SchemeName, predict: async (_, box) => placeShape(shape, box) };
}
