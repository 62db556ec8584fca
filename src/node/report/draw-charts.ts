import { isLowResLandmarksError } from '../../errors.js';
import type { Report, ReportSection } from '../../reports/report.js';
import { renderChart } from './render-chart.js';

/** A chart as SVG, or why it is left out. */
export type DrawnChart = { svg: string } | { missing: string };

/**
 * Draws the charts of a report. Without the packages that draw they are left out: hours of work must not end in an
 * error.
 *
 * @param render For tests; {@link renderChart} by default.
 */
export async function drawCharts({ sections }: Report, render = renderChart): Promise<Map<ReportSection, DrawnChart>> {
  const drawn = new Map<ReportSection, DrawnChart>();
  for (const section of sections) {
    if (section.kind !== 'chart') continue;
    try {
      drawn.set(section, { svg: await render(section.spec) });
    } catch (error) {
      if (!(isLowResLandmarksError(error) && error.code === 'PACKAGE_UNAVAILABLE')) throw error;
      drawn.set(section, { missing: error.message });
    }
  }
  return drawn;
}
