import { cumulativeErrorChart } from '../../src/node/charts/cumulative-error-chart.js';
import { renderChart } from '../../src/node/charts/render-chart.js';
import { riskCoverageChart } from '../../src/node/charts/risk-coverage-chart.js';
import type { FaceErrors } from './measure.js';

/** The model's and the mean shape's errors with both kinds of boxes, over the claimed sizes. */
export interface ChartErrors {
  model: Record<'exactBox' | 'disturbedBox', readonly FaceErrors[]>;
  meanShape: Record<'exactBox' | 'disturbedBox', readonly FaceErrors[]>;
}

const NORMALIZER = 'box, 68 points';

/** NRMSE of the surest share of faces, over that share, as an SVG picture. */
export function drawRiskCoverage({ model }: ChartErrors): Promise<string> {
  const series = (name: string, faces: readonly FaceErrors[], score: (face: FaceErrors) => number) => {
    return { name, errors: errorsOf(faces), scores: faces.map(score) };
  };
  const curves = [
    series('by score, exact boxes', model.exactBox, ({ score }) => score),
    series('by score, disturbed boxes', model.disturbedBox, ({ score }) => score),
    series('by the error itself, exact boxes', model.exactBox, ({ points68ByBox }) => -points68ByBox),
  ];
  return renderChart(riskCoverageChart(curves, { normalizer: NORMALIZER }));
}

/** Share of faces under an error, over that error, as an SVG picture. */
export function drawCumulativeErrors({ model, meanShape }: ChartErrors): Promise<string> {
  const curves = [
    { name: 'model, exact boxes', errors: errorsOf(model.exactBox) },
    { name: 'model, disturbed boxes', errors: errorsOf(model.disturbedBox) },
    { name: 'mean shape, exact boxes', errors: errorsOf(meanShape.exactBox) },
    { name: 'mean shape, disturbed boxes', errors: errorsOf(meanShape.disturbedBox) },
  ];
  return renderChart(cumulativeErrorChart(curves, { normalizer: NORMALIZER }));
}

function errorsOf(faces: readonly FaceErrors[]): number[] {
  return faces.map(({ points68ByBox }) => points68ByBox);
}
