import { isLowResLandmarksError } from '../errors.js';
import { cumulativeErrorChart } from '../node/charts/cumulative-error-chart.js';
import { renderChart } from '../node/charts/render-chart.js';
import { ABLATION_SETTINGS, type AblationSetting } from '../training/ablation.js';
import type { RunStore } from '../training/run-store.js';
import type { CommandOutput } from './run-command.js';

/**
 * Writes the settings' cumulative error curves as `ablation.svg`. Where the packages that draw are not installed the picture is left out, and
 * standard error says so: hours of training must not end in an error.
 */
export async function drawAblation(
  errors: Readonly<Record<AblationSetting, readonly number[]>>,
  store: RunStore,
  stderr: CommandOutput['stderr'],
  render: typeof renderChart = renderChart,
): Promise<void> {
  const series = ABLATION_SETTINGS.map((setting) => ({ name: setting, errors: errors[setting] }));
  const spec = cumulativeErrorChart(series, { maxError: 0.2, threshold: 0.08, normalizer: 'box of the landmarks' });
  try {
    await store.write('ablation.svg', await render(spec));
  } catch (error) {
    if (!(isLowResLandmarksError(error) && error.code === 'PACKAGE_UNAVAILABLE')) throw error;
    stderr.write(`ablation.svg is left out. ${error.message}\n`);
  }
}
