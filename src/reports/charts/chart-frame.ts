import { InvalidArgumentError } from '../../errors.js';

/**
 * A Vega-Lite 5 specification: plain JSON, which `renderChart` of `lowres-landmarks/node`, or vega in a browser, draws.
 */
export type ChartSpec = Readonly<Record<string, unknown>>;

/** What every chart takes. */
export interface ChartOptions {
  /** Stands above the chart. None by default: a report has headings. */
  title?: string;
}

/** Width and height of every chart in pixels, legend, axes and title included. */
const SIZE = { width: 720, height: 420 };

const FONT_SIZE = 12;
/** What an entry of the legend takes besides its name. */
const LEGEND_SYMBOL = 55;
/** As vega estimates the width of text, of the font's size for each character. */
const CHARACTER_WIDTH = 0.8;

/**
 * Okabe and Ito's colours, which people of any colour vision can distinguish, without the yellow that is faint on
 * white. Ordered so that the first few differ in lightness too.
 */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#000000', '#888888'];

/** Lines differ in their dashes too: for print without colour, and for more curves than there are colours. */
const DASHES = [
  [1, 0],
  [8, 3],
  [3, 2],
  [10, 3, 2, 3],
  [5, 5],
];

/** So do points. */
const SHAPES = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down'];

/** The colour of text and lines. */
export const INK = '#222222';
const GRID = '#dddddd';

/**
 * A chart's own part of a Vega-Lite specification in the frame they all share: size, white ground, fonts, and a
 * legend above, so that charts of a page have one width whatever the names in them.
 */
export function chartFrame(content: object, description: string, { title }: ChartOptions): ChartSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v5.json',
    description,
    ...(title === undefined ? {} : { title }),
    ...SIZE,
    autosize: { type: 'fit', contains: 'padding' },
    padding: 10,
    background: 'white',
    ...content,
    config: {
      font: 'Helvetica, Arial, sans-serif',
      view: { stroke: null },
      title: { anchor: 'start', fontSize: 15, color: INK },
      axis: {
        labelFontSize: FONT_SIZE,
        titleFontSize: 13,
        titleFontWeight: 'normal',
        labelColor: INK,
        titleColor: INK,
        gridColor: GRID,
        domainColor: INK,
        tickColor: INK,
        titlePadding: 8,
        // Else the first and last labels of an axis do not stand under their ticks.
        labelFlush: false,
      },
      legend: {
        orient: 'top',
        title: null,
        labelFontSize: FONT_SIZE,
        labelColor: INK,
        labelLimit: SIZE.width - 2 * LEGEND_SYMBOL,
        symbolOpacity: 1,
        rowPadding: 6,
        offset: 12,
      },
    },
  };
}

/** Colours and dashes of lines by the field `series`, in the order given, the same in every chart of the same names. */
export function seriesLines(names: readonly string[]) {
  const legend = { columns: legendColumns(names), symbolType: 'stroke', symbolSize: 400, symbolStrokeWidth: 2.5 };
  return { color: bySeries(names, COLOURS, legend), strokeDash: bySeries(names, DASHES, legend) };
}

/** Colours and shapes of points by the field `series`, as {@link seriesLines} has them. */
export function seriesPoints(names: readonly string[]) {
  const legend = { columns: legendColumns(names), symbolSize: 80 };
  return { color: bySeries(names, COLOURS, legend), shape: bySeries(names, SHAPES, legend) };
}

/** A quantitative axis that ends at the given values. */
export function axis(field: string, title: string, from: number, to: number) {
  return { field, type: 'quantitative', title, scale: { domain: [from, to], nice: false } };
}

/** Keeps from the rows of a layer those with an interval. */
export const WITH_INTERVAL = [{ filter: 'isValid(datum.low) && isValid(datum.high)' }];

/** A number as a specification can hold it: JSON has no NaN and no infinity. */
export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/**
 * The names of what a chart compares.
 *
 * @throws InvalidArgumentError for an empty list, and for two of one name, whose lines would be joined.
 */
export function seriesNames(series: readonly { name: string }[]): string[] {
  const names = series.map(({ name }) => name);
  if (names.length === 0) throw new InvalidArgumentError('A chart needs at least one series; got none.');
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    throw new InvalidArgumentError(`Two series are named ${JSON.stringify(twice)}: names in a chart must differ.`);
  }
  return names;
}

function bySeries(names: readonly string[], values: readonly unknown[], legend: object) {
  const range = names.map((_, index) => values[index % values.length]);
  return { field: 'series', type: 'nominal', scale: { domain: names, range }, legend };
}

/** As many as there is room for; vega would cut off what is too long. */
function legendColumns(names: readonly string[]): number {
  const longest = Math.max(...names.map((name) => name.length));
  const room = Math.floor(SIZE.width / (LEGEND_SYMBOL + longest * CHARACTER_WIDTH * FONT_SIZE));
  return Math.min(4, Math.max(1, room));
}
