import type { SchemeName } from '../landmarks/schemes.js';

/**
 * What is wrong with a prediction as a whole, in words; undefined when it can be measured. Single points may be NaN,
 * which says that they were not found: what that costs is decided where errors are computed.
 *
 * @param points Whatever a predictor, which may be anybody's, has given.
 */
export function problemOfPrediction(points: unknown, scheme: SchemeName): string | undefined {
  if (!Array.isArray(points)) return `gave ${describe(points)} instead of ${scheme} points`;
  if (points.length !== scheme) return `gave ${points.length} points instead of ${scheme}`;
  const strange = points.findIndex((point) => typeof point?.x !== 'number' || typeof point?.y !== 'number');
  if (strange !== -1) return `gave ${describe(points[strange])} as point ${strange}, which must be { x, y }`;
  const infinite = points.findIndex(({ x, y }) => Math.abs(x) === Infinity || Math.abs(y) === Infinity);
  if (infinite !== -1) return `gave an infinite point ${infinite}`;
  if (points.every(({ x, y }) => Number.isNaN(x) || Number.isNaN(y))) return 'gave NaN for every point';
  return undefined;
}

function describe(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 60) ?? String(value);
}
