import type { TopLevelSpec } from 'vega-lite';
import type { CommandOutput } from '../cli/run-command.js';
import { isLowResLandmarksError } from '../errors.js';
import { renderChart } from '../node/report/render-chart.js';
import type { ReportSection } from '../reports/report.js';

/**
 * Draws a chart as SVG. Where the packages that draw are not installed it is left out, and standard error says so: hours of work must not end in
 * an error.
 *
 * @param name What is left out.
 */
export async function drawOrLeaveOut(
  spec: TopLevelSpec,
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

/** A chart as a section of a report; no section where it cannot be drawn, see {@link drawOrLeaveOut}. */
export async function chartSection(
  heading: string,
  spec: TopLevelSpec,
  stderr: CommandOutput['stderr'],
): Promise<ReportSection[]> {
  const svg = await drawOrLeaveOut(spec, `The chart "${heading}"`, stderr);
  return svg === undefined ? [] : [{ kind: 'chart', heading, svg }];
}
