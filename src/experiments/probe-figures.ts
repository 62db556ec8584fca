import type { Dataset } from '../datasets/dataset.js';
import type { UnlabelledSample } from '../datasets/samples.js';
import { drawFaceErrors } from '../drawing/draw-face-errors.js';
import { worstAndBest } from '../evaluation/worst-and-best.js';
import type { FigureSection, ReportFigure } from '../reports/report.js';
import type { RecognitionRow } from './recognition-row.js';

/** The probes that a row finds worst and best, by average precision, each with the rank of its first mate: what makes faces hard is to be seen. */
export async function probeFigures(row: RecognitionRow, probes: Dataset<UnlabelledSample>): Promise<FigureSection[]> {
  const records = row.averagePrecisions.map((precision, index) => ({ index, error: 1 - precision }));
  const { worst, best } = worstAndBest(records);
  const section = async (heading: string, chosen: readonly { index: number }[]): Promise<FigureSection> => ({
    kind: 'figures',
    heading: `${heading} by ${row.name}`,
    note: 'With the box that the face was looked for in, and the rank of the first face of the same person in the gallery.',
    figures: await Promise.all(chosen.map(({ index }) => figure(probes, index, row.ranks[index]!))),
  });
  return [await section('Probes found worst', worst), await section('Probes found best', best)];
}

async function figure(probes: Dataset<UnlabelledSample>, index: number, rank: number): Promise<ReportFigure> {
  const { id, image, box } = await probes.get(index);
  return { image: drawFaceErrors({ image, box, points: [], predicted: null }), name: id, caption: `rank ${rank}` };
}
