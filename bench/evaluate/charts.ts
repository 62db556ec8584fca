import { renderChart } from '../../src/node/report/render-chart.js';
import { cumulativeErrorChart } from '../../src/reports/charts/cumulative-error-chart.js';
import { riskCoverageChart } from '../../src/reports/charts/risk-coverage-chart.js';
import type { FaceErrors } from './measure.js';

/** The model's and the mean shape's errors with both kinds of boxes, over the claimed sizes. */
export interface ChartErrors {
  model: Record<'exactBox' | 'jitteredBox', readonly FaceErrors[]>;
  meanShape: Record<'exactBox' | 'jitteredBox', readonly FaceErrors[]>;
}

const NORMALIZER = 'box, 68 points';

/** NRMSE of the surest share of faces, over that share, as an SVG picture. */
export function drawRiskCoverage({ model }: ChartErrors): Promise<string> {
  const series = (name: string, faces: readonly FaceErrors[], score: (face: FaceErrors) => number) => {
    return { name, errors: errorsOf(faces), scores: faces.map(score) };
  };
  const curves = [
    series('by score, exact boxes', model.exactBox, ({ score }) => score),
    series('by score, jittered boxes', model.jitteredBox, ({ score }) => score),
    series('by the error itself, exact boxes', model.exactBox, ({ points68ByBox }) => -points68ByBox),
  ];
  return renderChart(riskCoverageChart(curves, { normalizer: NORMALIZER }));
}

/** Share of faces under an error, over that error, as an SVG picture. */
export function drawCumulativeErrors({ model, meanShape }: ChartErrors): Promise<string> {
  const curves = [
    { name: 'model, exact boxes', errors: errorsOf(model.exactBox) },
    { name: 'model, jittered boxes', errors: errorsOf(model.jitteredBox) },
    { name: 'mean shape, exact boxes', errors: errorsOf(meanShape.exactBox) },
    { name: 'mean shape, jittered boxes', errors: errorsOf(meanShape.jitteredBox) },
  ];
  return renderChart(cumulativeErrorChart(curves, { normalizer: NORMALIZER }));
}

function errorsOf(faces: readonly FaceErrors[]): number[] {
  return faces.map(({ points68ByBox }) => points68ByBox);
}
