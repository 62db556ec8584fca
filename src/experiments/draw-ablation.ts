import type { CommandOutput } from '../cli/run-command.js';
import type { renderChart } from '../node/report/render-chart.js';
import { cumulativeErrorChart } from '../reports/charts/cumulative-error-chart.js';
import type { RunStore } from '../training-loop/run-store.js';
import { ABLATION_SETTINGS, type AblationSetting } from './ablation.js';
import { drawOrLeaveOut } from './draw-or-leave-out.js';

const CURVES_FILE = 'ablation.svg';

/** Writes the settings' cumulative error curves as `ablation.svg`, unless the packages that draw are not installed. */
export async function drawAblation(
  errors: Readonly<Record<AblationSetting, readonly number[]>>,
  store: RunStore,
  stderr: CommandOutput['stderr'],
  render?: typeof renderChart,
): Promise<void> {
  const series = ABLATION_SETTINGS.map((setting) => ({ name: setting, errors: errors[setting] }));
  const spec = cumulativeErrorChart(series, { maxError: 0.2, threshold: 0.08, normalizer: 'box of the landmarks' });
  const svg = await drawOrLeaveOut(spec, CURVES_FILE, stderr, render);
  if (svg !== undefined) await store.write(CURVES_FILE, svg);
}
