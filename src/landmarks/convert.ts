import { InvalidArgumentError } from '../errors.js';
import type { Point } from '../geometry/point.js';
import { centroid, mean } from '../geometry/sums.js';
import type { SchemeName } from './schemes.js';

/** For each point of the coarser scheme, the points of the finer one that it is the mean of. */
type Sources = readonly (readonly number[])[];

const LEFT_EYE = [36, 37, 38, 39, 40, 41];
const RIGHT_EYE = [42, 43, 44, 45, 46, 47];

const sourcesByConversion: Readonly<Record<string, Sources>> = {
  '68->19': [
    ...[[17], [19], [21], [22], [24], [26]],
    ...[[36], LEFT_EYE, [39], [42], RIGHT_EYE, [45]],
    ...[[31], [30], [35]],
    ...[[48], [62, 66], [54]],
    [8],
  ],
  '68->5': [LEFT_EYE, RIGHT_EYE, [30], [48], [54]],
  '19->5': [[7], [10], [13], [15], [17]],
};

/**
 * Converts points to the same or a coarser scheme: 68 to 19, 68 to 5, 19 to 5. An eye centre is the mean of the eye's
 * six contour points, the mouth centre of the two inner lip middles. A point derived from an invisible (NaN) one is
 * invisible.
 *
 * @throws InvalidArgumentError when `points` has another length than `from`, or `to` is the finer scheme.
 * @example
 * const [leftEye, rightEye, noseTip] = convertLandmarks(points68, 68, 5);
 */
export function convertLandmarks(points: readonly Point[], from: SchemeName, to: SchemeName): Point[] {
  return sourcesFor(points.length, from, to).map((sources) => centroid(sources.map((index) => points[index]!)));
}

/** The scores of {@link convertLandmarks}'s points: the mean of their sources' scores. Throws as it does. */
export function convertScores(scores: readonly number[], from: SchemeName, to: SchemeName): number[] {
  return sourcesFor(scores.length, from, to).map((sources) => mean(sources.map((index) => scores[index]!)));
}

function sourcesFor(length: number, from: SchemeName, to: SchemeName): Sources {
  if (length !== from) {
    throw new InvalidArgumentError(`Got ${length} points for a scheme of ${from}: give all, NaN if invisible.`);
  }
  if (from === to) return Array.from({ length }, (_, index) => [index]);
  const sources = sourcesByConversion[`${from}->${to}`];
  if (!sources) {
    throw new InvalidArgumentError(`Cannot convert ${from} points to ${to}: only 68 to 19 or 5, and 19 to 5.`);
  }
  return sources;
}
