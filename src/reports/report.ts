import type { RgbImage } from '../geometry/rgb-image.js';
import type { Interval } from '../metrics/bootstrap-interval.js';
import type { Nrmse } from '../metrics/error-statistics.js';
import type { ChartSpec } from './charts/chart-frame.js';

/**
 * What an experiment found, as a document of plain data. `writeReport` of `lowres-landmarks/node` writes it as HTML,
 * Markdown, JSON and CSV.
 *
 * @example
 * ```ts
 * const report: Report = {
 *   title: 'Detectors on AFW',
 *   lead: '337 faces of 16-32 px.',
 *   sections: [
 *     { kind: 'table', name: 'errors', heading: 'Errors', table: { columns, rows } },
 *     { kind: 'chart', heading: 'Cumulative errors', spec: cumulativeErrorChart([{ name: 'ours', errors }]) },
 *   ],
 * };
 * ```
 */
export interface Report {
  title: string;
  /** What was measured and on what, in a sentence or two. */
  lead: string;
  sections: readonly ReportSection[];
}

/** A part of a report under a heading of its own. */
export type ReportSection = TextSection | TableSection | ChartSection | FigureSection;

/** Paragraphs. */
export interface TextSection {
  kind: 'text';
  heading: string;
  paragraphs: readonly string[];
}

/** A table. */
export interface TableSection {
  kind: 'table';
  heading: string;
  /**
   * Names the table in files: `errors` is `errors.csv`, and a key of the JSON. Small letters, digits and hyphens,
   * each name once.
   */
  name: string;
  /** What one must know to read the table. */
  note?: string;
  table: ReportTable;
}

/** A chart. */
export interface ChartSection {
  kind: 'chart';
  heading: string;
  /** What is drawn when the report is written; left out, with a note, where vega is not installed. */
  spec: ChartSpec;
  /** What one should see in it. */
  note?: string;
}

/** Pictures side by side. */
export interface FigureSection {
  kind: 'figures';
  heading: string;
  note?: string;
  figures: readonly ReportFigure[];
}

/** A picture with its caption. */
export interface ReportFigure {
  image: RgbImage;
  /** The first words of the caption, set apart: a name. */
  name: string;
  caption: string;
}

/** Rows of cells under typed columns. The first column names the row. */
export interface ReportTable {
  columns: readonly TableColumn[];
  /** For each row a cell for each column. */
  rows: readonly (readonly TableCell[])[];
}

/** A column of a table. */
export interface TableColumn {
  /** Names the column in CSV and JSON, and stays the same when the label is reworded: `nrmse`. */
  key: string;
  /** Its head for people, with the unit: `NRMSE (%)`. */
  label: string;
  /** Decimals of its numbers for people, 2 by default. CSV and JSON have them all. */
  digits?: number;
  /** Marks the paper's numbers, which were measured on other data. */
  isPaper?: boolean;
}

/**
 * What stands in a table: words, a number, a number with its interval or its deviation, or nothing. A number that is
 * NaN was not measured; an infinite one (the mean error where a face failed) is shown as such, and null in JSON.
 */
export type TableCell = string | number | Interval | Nrmse | undefined;
