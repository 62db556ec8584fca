import { InvalidArgumentError } from '../../errors.js';
import { type ChartOptions, type ChartSpec, chartFrame, seriesLines, seriesNames } from './chart-frame.js';

/** How match characteristics are drawn. */
export interface MatchCharacteristicChartOptions extends ChartOptions {
  /** The last rank drawn. By default 20, where TinyFace's protocol ends. */
  maxRank?: number;
}

/**
 * Cumulative match characteristics as a Vega-Lite specification: the share of probes whose first mate is among the x
 * most similar of the gallery. At x = 1 it is top-1.
 *
 * @param series For each probe, the rank of its first mate, from 1; infinite for a probe that was never embedded.
 * @throws InvalidArgumentError without series or probes, when two have one name, or when a rank is below 1 or NaN.
 * @example
 * ```ts
 * const spec = matchCharacteristicChart([{ name: 'aligned', ranks: [1, 1, 4] }, { name: 'not aligned', ranks: [1, 9,
 * 30] }]);
 * ```
 */
export function matchCharacteristicChart(
  series: readonly { name: string; ranks: readonly number[] }[],
  { maxRank = 20, ...options }: MatchCharacteristicChartOptions = {},
): ChartSpec {
  if (!(Number.isInteger(maxRank) && maxRank >= 2)) {
    throw new InvalidArgumentError(`maxRank must be a whole number from 2, not ${maxRank}.`);
  }
  const names = seriesNames(series);
  const values = series.flatMap(({ name, ranks }) => {
    assertRanks(name, ranks);
    return Array.from({ length: maxRank }, (_, index) => ({
      series: name,
      rank: index + 1,
      identified: (100 * ranks.filter((rank) => rank <= index + 1).length) / ranks.length,
    }));
  });
  const content = {
    data: { values },
    mark: { type: 'line', strokeWidth: 2, point: { size: 25 } },
    encoding: {
      x: {
        field: 'rank',
        type: 'quantitative',
        title: 'rank',
        scale: { domain: [1, maxRank], nice: false },
        axis: { tickMinStep: 1, grid: false },
      },
      y: { field: 'identified', type: 'quantitative', title: 'probes identified by then (%)', scale: { zero: false } },
      ...seriesLines(names),
    },
  };
  return chartFrame(content, `Cumulative match characteristics of ${names.join(', ')}`, options);
}

function assertRanks(name: string, ranks: readonly number[]): void {
  if (ranks.length === 0) throw new InvalidArgumentError(`${name} has no ranks: give one for each probe.`);
  const wrong = ranks.findIndex((rank) => !(rank >= 1));
  if (wrong !== -1) {
    throw new InvalidArgumentError(`Rank ${wrong} of ${name} is ${ranks[wrong]}: ranks count from 1.`);
  }
}
