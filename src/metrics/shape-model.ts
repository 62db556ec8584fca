import { InvalidArgumentError } from '../errors.js';
import type { Point } from '../geometry/point.js';
import { centroid } from '../geometry/sums.js';
import { featureCovariance } from './feature-statistics.js';
import { alignShape, centred, centroidSize } from './procrustes.js';
import { symmetricEigen } from './symmetric-eigen.js';

/**
 * A point distribution model of faces (Cootes et al.): the mean shape and the main ways in which shapes differ from it.
 * Plain data.
 */
export interface ShapeModel {
  /** Of size 1, around 0. */
  mean: Point[];
  /** Unit vectors of all points' `x, y`, by falling variance. */
  modes: number[][];
  /** Of the shapes along each mode. */
  variances: number[];
}

/** Share of the variance that the modes keep: the rest is noise. */
const KEPT_VARIANCE = 0.98;
const ALIGNMENT_ROUNDS = 5;
/** Shapes of size 1 that vary less differ by rounding only. */
const LEAST_VARIANCE = 1e-20;

/**
 * Learns a shape model.
 *
 * @param shapes With equally many points; those with an invisible (NaN) one are left out.
 * @throws InvalidArgumentError when fewer than two are left, or all are the same shape.
 */
export function fitShapeModel(shapes: readonly (readonly Point[])[]): ShapeModel {
  const whole = shapes.filter((shape) => shape.every(({ x, y }) => Number.isFinite(x) && Number.isFinite(y)));
  if (whole.length < 2) {
    throw new InvalidArgumentError(`A shape model needs at least 2 fully visible shapes; got ${whole.length}.`);
  }
  let mean = normalized(whole[0]!);
  let aligned: Point[][] = [];
  for (let round = 0; round < ALIGNMENT_ROUNDS; round++) {
    aligned = whole.map((shape) => normalized(alignShape(shape, mean).points));
    mean = normalized(mean.map((_, i) => centroid(aligned.map((shape) => shape[i]!))));
  }
  const { values, vectors } = symmetricEigen(featureCovariance(aligned.map(flat)));
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  if (!(total > LEAST_VARIANCE)) {
    throw new InvalidArgumentError(`The ${whole.length} shapes differ in position, rotation and scale only.`);
  }
  let [count, held] = [0, 0];
  while (count < values.length && held < KEPT_VARIANCE * total) held += values[count++]!;
  return { mean, modes: vectors.slice(0, count), variances: values.slice(0, count) };
}

/** How far a shape is from those of a model. */
export interface Plausibility {
  /**
   * Within the model: the root mean square, over modes, of the deviation in standard deviations. About 1 for typical
   * faces.
   */
  mahalanobis: number;
  /** Outside it: the root mean square distance from the nearest shape of the model, as a share of the shape's size. */
  residual: number;
}

/**
 * How plausible points are as a face, whatever its position and size. Needs no labels.
 *
 * @throws InvalidArgumentError when the numbers of points differ, or a coordinate is not finite.
 */
export function plausibility({ mean, modes, variances }: ShapeModel, points: readonly Point[]): Plausibility {
  const deviation = flat(normalized(alignShape(points, mean).points)).map((value, i) => value - flat(mean)[i]!);
  const amounts = modes.map((mode) => mode.reduce((sum, value, i) => sum + value * deviation[i]!, 0));
  const within = amounts.reduce((sum, amount, k) => sum + amount ** 2 / variances[k]!, 0) / modes.length;
  const all = deviation.reduce((sum, value) => sum + value ** 2, 0);
  const explained = amounts.reduce((sum, amount) => sum + amount ** 2, 0);
  return { mahalanobis: Math.sqrt(within), residual: Math.sqrt(Math.max(0, all - explained) / points.length) };
}

function normalized(points: readonly Point[]): Point[] {
  const size = centroidSize(points);
  return centred(points).map(({ x, y }) => ({ x: x / size, y: y / size }));
}

function flat(points: readonly Point[]): number[] {
  return points.flatMap(({ x, y }) => [x, y]);
}
