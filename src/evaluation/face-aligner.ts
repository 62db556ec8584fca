import { type AlignmentOrder, alignFace } from '../alignment/align-face.js';
import type { FaceTransform } from '../alignment/place-face.js';
import type { UnlabelledSample } from '../datasets/samples.js';
import { DatasetError } from '../errors.js';
import { cropAndResize, cropAround } from '../geometry/crop.js';
import type { Point } from '../geometry/point.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { convertLandmarks } from '../landmarks/convert.js';
import type { SchemeName } from '../landmarks/schemes.js';
import type { SuperResolver } from '../recognition/super-resolver.js';
import type { LandmarkPredictor } from './landmark-predictor.js';

/** Turns a face in an image into the square that an embedder sees: what recognition experiments compare. */
export interface FaceAligner {
  /** Names it in tables and files. */
  readonly name: string;
  /** The face as `size` x `size` pixels. Throws when it cannot align this face. */
  align(face: UnlabelledSample, size: number): Promise<RgbImage>;
  /** Frees what it holds. */
  dispose?(): void;
}

/** How {@link landmarkAligner} goes about it. */
export interface LandmarkAlignerOptions {
  /** The predictor's name by default. */
  name?: string | undefined;
  /** `align-first` by default (settings I1 to I3); `enlarge-first` is the paper's baseline. */
  order?: AlignmentOrder | undefined;
  /** `affine` by default, as in the paper. */
  transform?: FaceTransform | undefined;
  /** Enlarges the face before detection (settings A1 and A2). The aligner disposes it. */
  superResolver?: SuperResolver | undefined;
}

/** Side of what is super-resolved, in sides of the face's box: alignment shows some of the surroundings. */
const SURROUNDINGS = 2;

/** No alignment: the square around the face's box. */
export function boxAligner(): FaceAligner {
  return {
    name: 'none',
    align: async ({ image, box }, size) => cropAndResize(image, cropAround(box, 1), size),
  };
}

/**
 * Alignment by annotated landmarks, an upper bound, for datasets whose faces have `points`.
 *
 * @throws DatasetError, from `align`, for a face without points.
 */
export function annotatedAligner(options: Pick<LandmarkAlignerOptions, 'order' | 'transform'> = {}): FaceAligner {
  return {
    name: 'annotated',
    async align(face, size) {
      const { points } = face as UnlabelledSample & { points?: readonly Point[] };
      if (!points) {
        throw new DatasetError(`${face.id} has no annotated landmarks: leave out the alignment "annotated".`);
      }
      return alignFace(face.image, fivePoints(points), size, options);
    },
  };
}

/**
 * Alignment by a predictor's landmarks (sections 4.3 and 4.4).
 *
 * @param predictor The aligner disposes it.
 * @example
 * ```ts
 * const ours = landmarkAligner(detectorPredictor(await createLandmarkDetector()));
 * const face = await ours.align({ id: 'a.jpg', image, box }, 112);
 * ```
 */
export function landmarkAligner(predictor: LandmarkPredictor, options: LandmarkAlignerOptions = {}): FaceAligner {
  const { name = predictor.name, order, transform, superResolver } = options;
  return {
    name,
    async align(face, size) {
      const { image, box } = superResolver ? await superResolve(face, superResolver) : face;
      const points = await predictor.predict(image, { ...box });
      return alignFace(image, fivePoints(points), size, { order, transform });
    },
    dispose() {
      predictor.dispose?.();
      superResolver?.dispose?.();
    },
  };
}

function fivePoints(points: readonly Point[]): Point[] {
  return convertLandmarks(points, points.length as SchemeName, 5);
}

/** The face and its surroundings enlarged, and the box in them. */
async function superResolve(
  { image, box }: UnlabelledSample,
  resolver: SuperResolver,
): Promise<Pick<UnlabelledSample, 'image' | 'box'>> {
  const around = cropAround(box, SURROUNDINGS);
  const [left, top, side] = [Math.floor(around.left), Math.floor(around.top), Math.ceil(around.side)];
  // Whole pixels: nothing is resampled but by the resolver.
  const enlarged = await resolver.enlarge(cropAndResize(image, { left, top, side }, side));
  const factor = enlarged.width / side;
  return {
    image: enlarged,
    box: {
      x: (box.x - left) * factor,
      y: (box.y - top) * factor,
      width: box.width * factor,
      height: box.height * factor,
    },
  };
}
