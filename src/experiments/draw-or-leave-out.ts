import type { CommandOutput } from '../cli/run-command.js';
import { isLowResLandmarksError } from '../errors.js';
import { renderChart } from '../node/report/render-chart.js';
import type { ChartSpec } from '../reports/charts/chart-frame.js';

/**
 * Draws a chart as SVG. Where the packages that draw are not installed it is left out, and standard error says so: hours of work must not end in
 * an error.
 *
 * @param name What is left out.
 */
export async function drawOrLeaveOut(
  spec: ChartSpec,
  name: string,
  stderr: CommandOutput['stderr'],
  render: typeof renderChart = renderChart,
): Promise<string | undefined> {
  try {
    return await render(spec);
  } catch (error) {
    if (!(isLowResLandmarksError(error) && error.code === 'PACKAGE_UNAVAILABLE')) throw error;
    stderr.write(`${name} is left out. ${error.message}\n`);
    return undefined;
  }
}
