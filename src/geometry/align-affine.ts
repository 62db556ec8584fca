import { InvalidArgumentError } from '../errors.js';
import type { Affine } from './affine.js';
import type { Point } from './point.js';
import { dot, type PrincipalAxes, principalAxes } from './principal-axes.js';
import { visiblePairs } from './visible-pairs.js';

/**
 * Points count as lying on a line when they spread across it by less than this share of their spread along it. A ratio,
 * so that it means the same for a face of 10 and of 1000 pixels. At a thousandth, a pixel of error in a point would
 * move places beside the line by a thousand pixels; and single precision's rounding of collinear points stays under it
 * for coordinates up to tens of thousands.
 */
const NARROWEST = 1e-3;

/**
 * The affine map (6 parameters) that fits `from` to `to` by least squares: it minimises the sum of squared distances
 * between `applyAffine(map, from[i])` and `to[i]`. This is how the paper aligns faces (section 4.3, "aligned to the
 * canonical coordinates using affine transformation"), `to` being {@link faceTemplate}.
 *
 * An affine map stretches and shears, and mirrors where that fits better; see {@link alignSimilarity} for one that does
 * not.
 *
 * @param from Points, in pixels; NaN where not visible.
 * @param to As many, in the same order. Pairs with an invisible point are left out.
 * @throws InvalidArgumentError when the sets differ in length, a coordinate is infinite, fewer than 3 pairs are
 *   visible, or the points of either set lie on a line: across it they spread by less than a thousandth of their spread
 *   along it.
 * @example
 * ```ts
 * const map = alignAffine(convertLandmarks(points68, 68, 5), faceTemplate(112));
 * const aligned = warpAffine(image, map, 112);
 * ```
 */
export function alignAffine(from: readonly Point[], to: readonly Point[]): Affine {
  const pairs = visiblePairs(from, to, 3, 'leave this face out, or use alignSimilarity, for which 2 are enough.');
  const { centre, cosine, sine, along, across, length, width } = offLine(pairs.from, 'to be aligned');
  offLine(pairs.to, 'to align to');
  // Along the principal axes the least squares fall apart into projections, which keeps their conditioning that of the
  // points.
  const fit = (values: readonly number[]): [number, number, number] => {
    const middle = values.reduce((sum, value) => sum + value, 0) / values.length;
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
      `The ${points.length} visible points ${role} lie on a line (they spread by ${axes.length.toPrecision(3)} px along it and by ` +
        `${axes.width.toPrecision(3)} px across it), which does not determine an affine map: give a point off the line, or use alignSimilarity.`,
    );
  }
  return axes;
}
