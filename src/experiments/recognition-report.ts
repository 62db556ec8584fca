import type { Dataset } from '../datasets/dataset.js';
import type { UnlabelledSample } from '../datasets/samples.js';
import { drawFaceErrors } from '../drawing/draw-face-errors.js';
import { type RecognitionSettingName, recognitionSettings } from '../evaluation/recognition-settings.js';
import { worstAndBest } from '../evaluation/worst-and-best.js';
import { mean } from '../geometry/sums.js';
import { bootstrapInterval, type Interval } from '../metrics/bootstrap-interval.js';
import { hitsWithin } from '../metrics/identification.js';
import { comparePaired, type PairedComparison } from '../metrics/paired-comparison.js';
import { Random } from '../random.js';
import { matchCharacteristicChart, metricChart } from '../reports/charts/recognition-charts.js';
import type { FigureSection, Report, ReportFigure, ReportTable, TableCell, TableSection } from '../reports/report.js';
import { settingsSection } from '../reports/settings-section.js';
import type { EvaluationOptions, RunSettings } from './experiment.js';
import type { RecognitionData } from './recognition-networks.js';
import type { RecognitionRow } from './recognition-row.js';

/** What a recognition experiment found. */
export interface RecognitionFindings {
  rows: readonly RecognitionRow[];
  /** What each row is. */
  descriptions: readonly string[];
  data: Pick<RecognitionData, 'source' | 'probes' | 'gallery'>;
  settings: RunSettings;
  environment: EvaluationOptions['environment'];
  /** Of the bootstrap. */
  seed: number;
}

/** {@link RecognitionFindings} with the person of each probe, in the order of the rows' ranks. */
interface Findings extends RecognitionFindings {
  people: readonly string[];
}

const RANKS = [1, 5, 10, 20] as const;
const NAME_COLUMN = { key: 'name', label: 'setting or alignment' };
const INTERVALS =
  'In brackets: 95 % intervals of a bootstrap over people, as probes of one person are not independent. Unaligned: faces that could not be aligned and were taken as the square around their box.';

/** A recognition experiment as a report. */
export async function recognitionReport(found: RecognitionFindings): Promise<Report> {
  const { rows, settings, environment, data } = found;
  const { source, probes, gallery } = data;
  const people = Array.from({ length: probes.length }, (_, index) => probes.group(index));
  const findings = { ...found, people };
  const bars = rows.map((row) => {
    const paper = paperOf(row.name)?.top1;
    return { name: row.name, value: rate(row, 1, findings), ...(paper !== undefined && { paper }) };
  });
  const table = identificationTable(findings);
  return {
    title: 'Recognition of low-resolution faces',
    lead: `Closed-set identification: ${probes.length} probes of ${new Set(people).size} people in a gallery of ${gallery.length} faces. Faces: ${source}.`,
    sections: [
      { kind: 'table', name: 'identification', heading: 'Identification', note: INTERVALS, table },
      { kind: 'chart', heading: 'Top-1', spec: metricChart(bars, { label: 'top-1 (%)' }) },
      ...(rows.length > 1 ? [comparisonSection(findings)] : []),
      { kind: 'chart', heading: 'Cumulative match characteristic', spec: matchCharacteristicChart(rows) },
      { kind: 'table', name: 'rows', heading: 'What the rows are', table: rowsTable(findings) },
      settingsSection(settings, environment),
      ...(await probeFigures(rows[0]!, probes)),
    ],
  };
}

function identificationTable(findings: Findings): ReportTable {
  const { rows } = findings;
  const hasPaper = rows.some(({ name }) => paperOf(name));
  const paperColumns = [
    { key: 'paper_top1', label: 'top-1 (%)', digits: 1, isPaper: true },
    { key: 'paper_map', label: 'mAP', digits: 2, isPaper: true },
  ];
  const columns = [
    NAME_COLUMN,
    ...RANKS.map((rank) => ({ key: `top${rank}`, label: `top-${rank} (%)`, digits: 1 })),
    { key: 'map', label: 'mAP', digits: 3 },
    { key: 'lost', label: 'unaligned', digits: 0 },
    ...(hasPaper ? paperColumns : []),
  ];
  const cells = rows.map((row): TableCell[] => {
    const paper = paperOf(row.name);
    const rates = RANKS.map((rank) => rate(row, rank, findings));
    const precision = meanInterval(row.averagePrecisions, findings);
    return [row.name, ...rates, precision, row.lost.length, ...(hasPaper ? [paper?.top1, paper?.map] : [])];
  });
  return { columns, rows: cells };
}

function rowsTable({ rows, descriptions }: Findings): ReportTable {
  return {
    columns: [NAME_COLUMN, { key: 'asks', label: 'what it is' }, { key: 'embedder', label: 'embedder' }],
    rows: rows.map(({ name, embedder }, index) => [name, descriptions[index], embedder]),
  };
}

/** Every row against the first, probe by probe. */
function comparisonSection({ rows, people, seed }: Findings): TableSection {
  const [reference, ...others] = rows as [RecognitionRow, ...RecognitionRow[]];
  const compare = (first: readonly number[], second: readonly number[]) =>
    comparePaired(first, second, { random: new Random(seed), higherIsBetter: true, groups: people });
  const cells = others.map(({ name, ranks, averagePrecisions }): TableCell[] => {
    const hits = compare(hitsWithin(ranks, 1), hitsWithin(reference.ranks, 1));
    const precision = compare(averagePrecisions, reference.averagePrecisions);
    const { wins, losses, pValue } = hits;
    return [name, asInterval(hits, 100), wins, losses, pValue, asInterval(precision, 1), precision.pValue];
  });
  const columns = [
    NAME_COLUMN,
    { key: 'top1_difference', label: 'top-1 (points)', digits: 1 },
    { key: 'only_this', label: 'found by it alone', digits: 0 },
    { key: 'only_reference', label: `found by ${reference.name} alone`, digits: 0 },
    { key: 'top1_p', label: 'p', digits: 4 },
    { key: 'map_difference', label: 'mAP', digits: 3 },
    { key: 'map_p', label: 'p of mAP', digits: 4 },
  ];
  return {
    kind: 'table',
    name: 'comparison',
    heading: `Against ${reference.name}, probe by probe`,
    note: `Differences over 0: better than ${reference.name}. p: two-sided sign-flip test over people.`,
    table: { columns, rows: cells },
  };
}

function rate({ ranks }: RecognitionRow, rank: number, findings: Findings): Interval {
  const hits = hitsWithin(ranks, rank).map((hit) => 100 * hit);
  return meanInterval(hits, findings);
}

function meanInterval(values: readonly number[], { people, seed }: Findings): Interval {
  return bootstrapInterval(values, mean, { random: new Random(seed), groups: people });
}

function asInterval({ difference, low, high }: PairedComparison, scale: number): Interval {
  return { estimate: scale * difference, low: scale * low, high: scale * high };
}

function paperOf(name: string): { top1?: number; map?: number } | undefined {
  return Object.hasOwn(recognitionSettings, name)
    ? recognitionSettings[name as RecognitionSettingName].paper
    : undefined;
}

/** The probes with the worst and best average precision of a row, each with the rank of its first mate. */
async function probeFigures(row: RecognitionRow, probes: Dataset<UnlabelledSample>): Promise<FigureSection[]> {
  const records = row.averagePrecisions.map((precision, index) => ({ index, error: 1 - precision }));
  const { worst, best } = worstAndBest(records);
  const figure = async ({ index }: { index: number }): Promise<ReportFigure> => {
    const { id, image, box } = await probes.get(index);
    const drawing = drawFaceErrors({ image, box, points: [], predicted: null });
    return { image: drawing, name: id, caption: `rank ${row.ranks[index]}` };
  };
  const section = async (heading: string, chosen: typeof records): Promise<FigureSection> => ({
    kind: 'figures',
    heading: `${heading} by ${row.name}`,
    note: 'With the given box, and the rank of the first face of the same person in the gallery.',
    figures: await Promise.all(chosen.map(figure)),
  });
  return [await section('Worst probes', worst), await section('Best probes', best)];
}
