import { cumulativeErrorCurve } from '../metrics/cumulative-error.js';
import { lineChart } from '../node/line-chart.js';
import { ABLATION_SETTINGS, type AblationSetting } from '../training/ablation.js';

const COLOURS: Readonly<Record<AblationSetting, string>> = { S1: '#888', S2: '#ea7317', S3: '#2563eb', S4: '#16a34a' };

/** The settings' cumulative error curves as an SVG picture. */
export function drawAblation(errors: Readonly<Record<AblationSetting, readonly number[]>>): string {
  const curves = ABLATION_SETTINGS.map((setting) => ({
    label: setting,
    colour: COLOURS[setting],
    points: cumulativeErrorCurve(errors[setting], 0.2, 201).map(({ threshold, share }) => {
      return { x: 100 * threshold, y: 100 * share };
    }),
  }));
  return lineChart(
    { label: 'error (% of the box of the landmarks)', from: 0, to: 20, step: 2 },
    { label: 'faces under it (%)', from: 0, to: 100, step: 10 },
    curves,
  );
}
