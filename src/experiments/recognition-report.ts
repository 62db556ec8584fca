import { type RecognitionSettingName, recognitionSettings } from '../evaluation/recognition-settings.js';
import { bootstrapInterval, type Interval } from '../metrics/bootstrap-interval.js';
import { hitsWithin } from '../metrics/identification.js';
import { mean } from '../metrics/mean.js';
import { comparePaired } from '../metrics/paired-comparison.js';
import { TINY_FACE } from '../node/datasets/identification-sets.js';
import { Random } from '../random.js';
import { matchCharacteristicChart } from '../reports/charts/match-characteristic-chart.js';
import { metricChart } from '../reports/charts/metric-chart.js';
import type { Report, ReportTable, TableCell, TableSection } from '../reports/report.js';
import { settingsSection } from '../reports/settings-section.js';
import { RETRAINED } from './recognition-plan.js';
import type { RecognitionRow } from './recognition-row.js';

/** What a recognition experiment found. */
export interface RecognitionFindings {
  /** What was run, for the report's first table. */
  settings: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Where the faces come from. */
  source: string;
  rows: readonly RecognitionRow[];
  /** Whom each probe shows, in the order of the rows' ranks. */
  people: readonly string[];
  galleryFaces: number;
  seed: number;
}

const RANKS = [1, 5, 10, 20] as const;
const INTERVALS =
  'In brackets: 95 % intervals of a bootstrap over people, as probes of one person are not independent. Unaligned: faces that could not be ' +
  'aligned and were taken as the square around their box.';

/** A recognition experiment as a report. */
export function recognitionReport(findings: RecognitionFindings): Report {
  const { rows, people, source, galleryFaces, settings } = findings;
  const bars = rows.map((row) => {
    const paper = paperNumbers(row.name)?.top1;
    return { name: row.name, value: rate(row, 1, findings), ...(paper !== undefined && { paper }) };
  });
  return {
    title: 'Recognition of low-resolution faces',
    lead: `Closed-set identification: ${people.length} probes of ${new Set(people).size} people among ${galleryFaces} faces of a gallery. Faces: ${source}.`,
    sections: [
      {
        kind: 'table',
        name: 'identification',
        heading: 'Identification',
        note: INTERVALS,
        table: identificationTable(findings),
      },
      { kind: 'chart', heading: 'Top-1', spec: metricChart(bars, { label: 'top-1 (%)' }) },
      ...(rows.length > 1 ? [comparisonSection(findings)] : []),
      { kind: 'chart', heading: 'Cumulative match characteristic', spec: matchCharacteristicChart(rows) },
      rowsSection(findings),
      settingsSection(settings),
    ],
  };
}

function identificationTable(findings: RecognitionFindings): ReportTable {
  const { rows } = findings;
  const hasPaper = rows.some(({ name }) => paperNumbers(name));
  const columns = [
    { key: 'name', label: 'setting or alignment' },
    ...RANKS.map((rank) => ({ key: `top${rank}`, label: `top-${rank} (%)`, digits: 1 })),
    { key: 'map', label: 'mAP', digits: 3 },
    { key: 'lost', label: 'unaligned', digits: 0 },
    ...(hasPaper
      ? [
          { key: 'paper_top1', label: 'top-1 (%)', digits: 1, isPaper: true },
          { key: 'paper_map', label: 'mAP', digits: 2, isPaper: true },
        ]
      : []),
  ];
  const cells = rows.map((row): TableCell[] => {
    const paper = paperNumbers(row.name);
    return [
      row.name,
      ...RANKS.map((rank) => rate(row, rank, findings)),
      meanInterval(row.averagePrecisions, findings),
      row.lost.length,
      ...(hasPaper ? [paper?.top1, paper?.map] : []),
    ];
  });
  return { columns, rows: cells };
}

/** What the rows are. */
function rowsSection({ rows, source }: RecognitionFindings): TableSection {
  return {
    kind: 'table',
    name: 'rows',
    heading: 'What the rows are',
    table: {
      columns: [
        { key: 'name', label: 'setting or alignment' },
        { key: 'asks', label: 'what it is' },
        { key: 'embedder', label: 'embedder' },
      ],
      rows: rows.map(({ name, embedder }) => [name, describe(name, source), embedder]),
    },
  };
}

/** Every row against the first, probe by probe. */
function comparisonSection(findings: RecognitionFindings): TableSection {
  const { rows, people, seed } = findings;
  const [reference, ...others] = rows as [RecognitionRow, ...RecognitionRow[]];
  const compare = (first: readonly number[], second: readonly number[]) =>
    comparePaired(first, second, { random: new Random(seed), higherIsBetter: true, groups: people });
  const cells = others.map((row): TableCell[] => {
    const hits = compare(hitsWithin(row.ranks, 1), hitsWithin(reference.ranks, 1));
    const precision = compare(row.averagePrecisions, reference.averagePrecisions);
    return [
      row.name,
      asInterval(hits, 100),
      hits.wins,
      hits.losses,
      hits.pValue,
      asInterval(precision, 1),
      precision.pValue,
    ];
  });
  return {
    kind: 'table',
    name: 'comparison',
    heading: `Against ${reference.name}, probe by probe`,
    note: `Differences over 0: better than ${reference.name}. p: two-sided sign-flip test over people.`,
    table: {
      columns: [
        { key: 'name', label: 'setting or alignment' },
        { key: 'top1_difference', label: 'top-1 (points)', digits: 1 },
        { key: 'only_this', label: 'found by it alone', digits: 0 },
        { key: 'only_reference', label: `found by ${reference.name} alone`, digits: 0 },
        { key: 'top1_p', label: 'p', digits: 4 },
        { key: 'map_difference', label: 'mAP', digits: 3 },
        { key: 'map_p', label: 'p of mAP', digits: 4 },
      ],
      rows: cells,
    },
  };
}

function rate({ ranks }: RecognitionRow, rank: number, findings: RecognitionFindings): Interval {
  const hits = hitsWithin(ranks, rank).map((hit) => 100 * hit);
  return meanInterval(hits, findings);
}

function meanInterval(values: readonly number[], { people, seed }: RecognitionFindings): Interval {
  return bootstrapInterval(values, mean, { random: new Random(seed), groups: people });
}

function asInterval({ difference, low, high }: { difference: number; low: number; high: number }, scale: number) {
  return { estimate: scale * difference, low: scale * low, high: scale * high };
}

function paperNumbers(name: string): { top1?: number; map?: number } | undefined {
  return Object.hasOwn(recognitionSettings, name)
    ? recognitionSettings[name as RecognitionSettingName].paper
    : undefined;
}

function describe(name: string, source: string): string {
  if (Object.hasOwn(recognitionSettings, name)) return recognitionSettings[name as RecognitionSettingName].question;
  const [, way = '', what = name] = /^(enlarge|super):(.*)$/.exec(name) ?? [];
  const ways: Record<string, string> = { enlarge: ', enlarged first', super: ', super-resolved first' };
  const kinds: Record<string, string> = {
    none: 'the square around the box',
    'mean-shape': 'mean shape in the box',
    annotated: 'the annotated landmarks',
    // Whose training data is the frames that this protocol makes small.
    ours: source === TINY_FACE ? 'the bundled detector' : 'the bundled detector, which has learned from these people',
    [RETRAINED]: "the bundled detector's recipe, trained without these people",
  };
  return `${kinds[what] ?? `aligned by ${what}`}${ways[way] ?? ''}`;
}
