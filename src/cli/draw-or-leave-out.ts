import type { TopLevelSpec } from 'vega-lite';
import { isLowResLandmarksError } from '../errors.js';
import { renderChart } from '../node/charts/render-chart.js';
import type { CommandOutput } from './run-command.js';

/**
 * Draws a chart as SVG. Where the packages that draw are not installed it is left out, and standard error says so: hours of work must not end in
 * an error.
 */
export async function drawOrLeaveOut(
  spec: TopLevelSpec,
  stderr: CommandOutput['stderr'],
  render: typeof renderChart = renderChart,
): Promise<string | undefined> {
  try {
    return await render(spec);
  } catch (error) {
    if (!(isLowResLandmarksError(error) && error.code === 'PACKAGE_UNAVAILABLE')) throw error;
    stderr.write(`A chart is left out. ${error.message}\n`);
    return undefined;
  }
}
