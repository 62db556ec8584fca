import { boundingBox } from '../geometry/box.js';
import type { Point } from '../geometry/point.js';
import { areaUnderCurve, nrmse } from '../metrics/error-statistics.js';
import { faceError } from '../metrics/face-error.js';
import { boxSize } from '../metrics/normalizers.js';
import type { Metrics } from '../training-loop/trainer-types.js';

/**
 * NRMSE by the landmarks' box, its standard deviation, and AUC@0.08 (section 4.1). Faces with fewer than three visible
 * points are left out; empty when none are left.
 */
export function landmarkErrorMetrics(faces: readonly { points: Point[]; predicted: Point[] }[]): Metrics {
  const errors = faces
    .filter(({ points }) => points.filter(({ x }) => !Number.isNaN(x)).length > 2)
    .map(({ points, predicted }) => faceError(predicted, points, boxSize(boundingBox(points))));
  if (errors.length === 0) return {};
  const { mean, std } = nrmse(errors);
  return { nrmse: mean, nrmseStd: std, auc008: areaUnderCurve(errors, 0.08) };
}
