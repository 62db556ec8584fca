import { InvalidArgumentError } from '../errors.js';
import type { Affine } from './affine.js';
import type { Point } from './point.js';
import { type PrincipalAxes, principalAxes } from './principal-axes.js';
import { dot, mean } from './sums.js';
import { visiblePairs } from './visible-pairs.js';

/**
 * Points lie on a line when their spread across it is less than this share of their spread along it: a ratio, so that
 * faces of 10 and of 1000 pixels are judged alike. At 1/1000, an error of a pixel in a point moves places beside the
 * line by 1000 pixels; and collinear points rounded to single precision stay below it for coordinates up to tens of
 * thousands.
 */
const NARROWEST = 1e-3;

/**
 * The least-squares affine map (6 parameters) from one set of points to another: it minimises the sum of squared
 * distances between `applyAffine(map, from[i])` and `to[i]`. The paper aligns faces with it (section 4.3), `to` being
 * {@link faceTemplate}.
 *
 * It stretches and shears, and mirrors if that fits better; {@link alignSimilarity} does not.
 *
 * @param from Points in pixels, NaN where not visible.
 * @param to The same points in the same order. Pairs in which either is not visible are left out.
 * @throws InvalidArgumentError when the lengths differ, a coordinate is infinite, fewer than 3 pairs are visible, or
 *   the points of either set lie on a line: their spread across it is less than a thousandth of that along it.
 * @example
 * const map = alignAffine(convertLandmarks(points68, 68, 5), faceTemplate(112));
 * const aligned = warpAffine(image, map, 112);
 */
export function alignAffine(from: readonly Point[], to: readonly Point[]): Affine {
  const pairs = visiblePairs(from, to, 3, 'leave this face out, or use alignSimilarity, which needs 2.');
  const { centre, cosine, sine, along, across, length, width } = offLine(pairs.from, 'to be aligned');
  offLine(pairs.to, 'to align to');
  // Along the principal axes least squares are two projections, as well conditioned as the points.
  const fit = (values: readonly number[]): [number, number, number] => {
    const middle = mean(values);
    const centred = values.map((value) => value - middle);
    const perAlong = dot(along, centred) / length ** 2;
    const perAcross = dot(across, centred) / width ** 2;
    const perX = perAlong * cosine - perAcross * sine;
    const perY = perAlong * sine + perAcross * cosine;
    return [perX, perY, middle - perX * centre.x - perY * centre.y];
  };
  return [...fit(pairs.to.map(({ x }) => x)), ...fit(pairs.to.map(({ y }) => y))];
}

function offLine(points: readonly Point[], role: string): PrincipalAxes {
  const axes = principalAxes(points);
  if (axes.width < NARROWEST * axes.length) {
    throw new InvalidArgumentError(
      `The ${points.length} visible points ${role} lie on a line (spread: ${axes.length.toPrecision(3)} px along it, ` +
        `${axes.width.toPrecision(3)} px across), which fixes no affine map: add a point off it, or use alignSimilarity.`,
    );
  }
  return axes;
}
