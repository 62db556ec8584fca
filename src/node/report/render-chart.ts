import type { TopLevelSpec } from 'vega-lite';
import { isMissingPackage } from '../../backends/native-package.js';
import { PackageUnavailableError } from '../../errors.js';
import type { ChartSpec } from '../../reports/charts/chart-frame.js';

/**
 * Draws a Vega-Lite specification as an SVG document, without a browser. Needs the optional packages `vega` and
 * `vega-lite`, loaded when first used. The same specification gives the same bytes.
 *
 * @throws PackageUnavailableError when `vega` or `vega-lite` is not installed, or does not load.
 * @example
 * ```ts
 * await writeFile('errors.svg', await renderChart(cumulativeErrorChart([{ name: 'ours', errors }])));
 * ```
 */
export function renderChart(spec: ChartSpec): Promise<string> {
  const drawn = last.then(() => draw(spec));
  last = drawn.catch(() => undefined);
  return drawn;
}

/** The picture being drawn. One at a time: vega numbers identifiers for the whole process. */
let last: Promise<unknown> = Promise.resolve();

async function draw(spec: ChartSpec): Promise<string> {
  const { vega, vegaLite } = await loadVega();
  const view = new vega.View(vega.parse(vegaLite.compile(spec as unknown as TopLevelSpec).spec), { renderer: 'none' });
  try {
    // vega would measure text with the package `canvas` if it is installed: pictures would differ.
    vega.textMetrics.canvas(false);
    // Otherwise the numbers of clip paths go on from one picture to the next.
    vega.resetSVGDefIds();
    return `${await view.toSVG()}\n`;
  } finally {
    view.finalize();
  }
}

type Vega = typeof import('vega') & {
  // vega exports these without types.
  textMetrics: { canvas(use: boolean): void };
  resetSVGDefIds(): void;
};

async function loadVega(): Promise<{ vega: Vega; vegaLite: typeof import('vega-lite') }> {
  try {
    return { vega: (await import('vega')) as unknown as Vega, vegaLite: await import('vega-lite') };
  } catch (cause) {
    const missing = ['vega', 'vega-lite'].find((name) => isMissingPackage(cause, name));
    throw new PackageUnavailableError(
      missing
        ? `Charts need ${missing}, which is not installed: npm install vega@5 vega-lite@5`
        : `vega and vega-lite, which draw charts, do not load: ${(cause as Error).message} Try npm install vega@5 vega-lite@5`,
      { cause },
    );
  }
}
