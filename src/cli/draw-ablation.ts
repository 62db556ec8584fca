import { cumulativeErrorChart } from '../node/charts/cumulative-error-chart.js';
import type { renderChart } from '../node/charts/render-chart.js';
import { ABLATION_SETTINGS, type AblationSetting } from '../training/ablation.js';
import type { RunStore } from '../training/run-store.js';
import { drawOrLeaveOut } from './draw-or-leave-out.js';
import type { CommandOutput } from './run-command.js';

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
