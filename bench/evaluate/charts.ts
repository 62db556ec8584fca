import { cumulativeErrorCurve } from '../../src/metrics/cumulative-error.js';
import { riskCoverageCurve } from '../../src/metrics/risk-coverage.js';
import { lineChart } from '../../src/node/line-chart.js';
import type { FaceErrors } from './measure.js';

/** The model's and the mean shape's errors with both kinds of boxes, over the claimed sizes. */
export interface ChartErrors {
  model: Record<'exactBox' | 'disturbedBox', readonly FaceErrors[]>;
  meanShape: Record<'exactBox' | 'disturbedBox', readonly FaceErrors[]>;
}

const BLUE = '#2563eb';
const ORANGE = '#ea7317';
const GREY = '#888';
const LIGHT_GREY = '#bbb';

/** NRMSE of the surest share of faces, over that share. */
export function riskCoverageChart({ model }: ChartErrors): string {
  const curve = (faces: readonly FaceErrors[], score: (face: FaceErrors) => number) =>
    riskCoverageCurve(
      faces.map((face) => face.points68ByBox),
      faces.map(score),
    ).map(({ coverage, risk }) => ({ x: 100 * coverage, y: 100 * risk }));
  return lineChart(
    { label: 'faces kept, the surest first (%)', from: 0, to: 100, step: 10 },
    { label: '68-point NRMSE (% of the box)', from: 0, to: 10, step: 1 },
    [
      { label: 'by score, exact boxes', colour: BLUE, points: curve(model.exactBox, ({ score }) => score) },
      { label: 'by score, disturbed boxes', colour: ORANGE, points: curve(model.disturbedBox, ({ score }) => score) },
      {
        label: 'by the error itself, exact boxes',
        colour: GREY,
        points: curve(model.exactBox, ({ points68ByBox }) => -points68ByBox),
      },
    ],
  );
}

/** Share of faces under an error, over that error. */
export function cumulativeErrorChart({ model, meanShape }: ChartErrors): string {
  const curve = (faces: readonly FaceErrors[]) =>
    cumulativeErrorCurve(
      faces.map((face) => face.points68ByBox),
      0.15,
      151,
    ).map(({ threshold, share }) => ({ x: 100 * threshold, y: 100 * share }));
  return lineChart(
    { label: '68-point error (% of the box)', from: 0, to: 15, step: 1 },
    { label: 'faces under it (%)', from: 0, to: 100, step: 10 },
    [
      { label: 'model, exact boxes', colour: BLUE, points: curve(model.exactBox) },
      { label: 'model, disturbed boxes', colour: ORANGE, points: curve(model.disturbedBox) },
      { label: 'mean shape, exact boxes', colour: GREY, points: curve(meanShape.exactBox) },
      { label: 'mean shape, disturbed boxes', colour: LIGHT_GREY, points: curve(meanShape.disturbedBox) },
    ],
  );
}
