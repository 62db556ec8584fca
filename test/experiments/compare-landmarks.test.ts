import { describe, expect, it } from 'vitest';
import type { LandmarkPredictor } from '../../src/evaluation/landmark-predictor.js';
import { compareLandmarks } from '../../src/experiments/compare-landmarks.js';
import type { ExperimentEvent } from '../../src/experiments/experiment.js';
import type { TableSection } from '../../src/reports/report.js';
import { answering, greyFaces } from '../evaluation/faces.js';
import { memoryStore } from '../support/memory-store.js';

/** Four grey faces, a normalizer of 10 px. */
const faces = greyFaces(4);

/** Misses every point of face `index` by `errors[index]` of the normalizer; scores as given. */
function predictor(name: string, errors: readonly number[], scores?: readonly number[]): LandmarkPredictor {
  return answering(5, name, async (index) => {
    const { points, normalizer } = await faces.face(index);
    const score = scores?.[index];
    return points.map(({ x, y }) => ({ x: x + errors[index]! * normalizer, y, ...(score !== undefined && { score }) }));
  });
}

const tableOf = (report: Awaited<ReturnType<typeof compareLandmarks>>['report'], name: string) =>
  report.sections.find((section) => section.kind === 'table' && section.name === name) as TableSection | undefined;

describe('compareLandmarks', () => {
  it('returns a report of plain data, reports events, and keeps predictions and errors in the store, without files', async () => {
    const store = memoryStore();
    const events: ExperimentEvent[] = [];
    const predictors = [predictor('ours', [0.1, 0.2, 0.3, 0.4]), predictor('other', [0.2, 0.2, 0.2, 0.2])];
    const { report, results } = await compareLandmarks({
      ...{ predictors, faces, store, sizes: [{ low: 12, high: 16 }], onProgress: (event) => events.push(event) },
      conditions: { data: 'in memory' },
      environment: { machine: 'none' },
    });
    expect(results[0]!.results[0]!.all.summary.nrmse.mean).toBeCloseTo(25, 9);
    expect(structuredClone(report)).toEqual(report);
    expect(events.slice(-3)).toEqual([
      { kind: 'faces-predicted', name: 'other', done: 4, total: 4, lost: 0 },
      { kind: 'note', message: 'No face of 12-16 px: the tables by size leave it out.' },
      { kind: 'note', message: '4 faces of other sizes: only the tables of all faces count them.' },
    ]);
    expect([...store.files.keys()]).toEqual([
      ...['config.json', 'predictions/ours.jsonl', 'predictions/other.jsonl', 'faces.csv'],
    ]);
    expect(JSON.parse(new TextDecoder().decode(store.files.get('config.json')))).toMatchObject({
      ...{ command: 'compare', faces: 4, predictors: ['ours', 'other'], data: 'in memory' },
    });
    expect(tableOf(report, 'settings')).toMatchObject({
      table: { rows: expect.arrayContaining([['machine', 'none']]) },
    });
    expect(tableOf(report, 'scores')).toBeUndefined();
  });

  it('reports risk over coverage where predictors give scores', async () => {
    // Kept in the order 0.1, 0.3, 0.2, 0.4.
    const scored = predictor('ours', [0.1, 0.2, 0.3, 0.4], [0.9, 0.5, 0.7, 0.1]);
    const predictors = [scored, predictor('silent', [0, 0, 0, 0])];
    const { report } = await compareLandmarks({ predictors, faces, store: memoryStore() });
    const section = tableOf(report, 'scores')!;
    expect(section.table.rows).toHaveLength(1);
    const [name, all, , , , , , , , half, from, area, best, useless, spearman] = section.table.rows[0] as number[];
    expect([name, from]).toEqual(['ours', 0.7]);
    expect(all).toBeCloseTo(25, 9);
    expect(half).toBeCloseTo(20, 9);
    expect(area).toBeCloseTo((10 + 20 + 20 + 25) / 4, 9);
    expect(best).toBeCloseTo((10 + 15 + 20 + 25) / 4, 9);
    expect(useless).toBeCloseTo(25, 9);
    expect(spearman).toBeCloseTo(-0.8, 9);
    const chart = report.sections.find(({ heading }) => heading.startsWith('Errors by coverage'));
    expect(JSON.stringify(chart)).toContain('by the error itself');
  });

  it('ranks a lost face last, whatever its score', async () => {
    const lossy = predictor('ours', [0.1, 0.2, 0.3, Number.NaN], [0.9, 0.5, 0.7, 0.95]);
    const { report } = await compareLandmarks({ predictors: [lossy], faces, store: memoryStore() });
    const section = tableOf(report, 'scores')!;
    expect(section.table.rows[0]!.slice(1, 3)).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  });

  it('shows the worst and best faces with their error, or the reason they were lost', async () => {
    const lossy = predictor('ours', [0.1, 0.2, 0.3, Number.NaN]);
    const { report } = await compareLandmarks({ predictors: [lossy], faces, store: memoryStore() });
    const shown = report.sections.flatMap((section) => (section.kind === 'figures' ? [section] : []));
    expect(shown.map(({ heading, figures }) => [heading, figures.map(({ caption }) => caption)])).toEqual([
      ['Worst faces of ours', ['gave NaN for every point', '30.0 %']],
      ['Best faces of ours', ['10.0 %', '20.0 %']],
    ]);
  });

  it("rejects with the signal's reason, and resumes where it stopped", async () => {
    const store = memoryStore();
    const controller = new AbortController();
    const stopped = compareLandmarks({
      ...{ predictors: [predictor('ours', [0.1, 0.1, 0.1, 0.1])], faces, store, signal: controller.signal },
      onProgress: (event) => {
        if (event.kind === 'faces-predicted' && event.done === 2) controller.abort('enough');
      },
    });
    await expect(stopped).rejects.toBe('enough');
    const rest = { predictors: [predictor('ours', [9, 9, 0.3, 0.3])], faces, store };
    const { results } = await compareLandmarks({ ...rest, resume: true });
    expect(results[0]!.results[0]!.errors.map((error) => error!.toFixed(3))).toEqual([
      ...['0.100', '0.100', '0.300', '0.300'],
    ]);
    await expect(compareLandmarks(rest)).rejects.toThrow('memory holds a run already: resume it');
  });

  it('refuses predictors with the same file name', async () => {
    const predictors = [predictor('a b', []), predictor('A-B', [])];
    await expect(compareLandmarks({ predictors, faces, store: memoryStore() })).rejects.toThrow('the same file name');
  });
});
