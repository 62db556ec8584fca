import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type CompareCommandOptions, runCompare } from '../../src/cli/compare.js';
import { parseSizes } from '../../src/cli/options.js';
import { CheckpointError, DatasetError } from '../../src/errors.js';
import { encodePng } from '../../src/node/images/write-png.js';
import { Random } from '../../src/random.js';
import { write300WFace } from '../support/faces/data-folders.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { expectNoLeak } from '../support/tensors.js';
import { captureCommand } from './capture-command.js';

function compare(options: Partial<CompareCommandOptions>, stopAt?: string) {
  const complete = { data: 'missing', out: 'missing', ...options };
  return captureCommand((output, signal) => runCompare(complete, output, signal), stopAt);
}

/** Six native faces of 14 to 34 px with five points each, as a user's CSV. */
async function annotatedList(): Promise<string> {
  const folder = await temporaryFolder();
  const rows = ['file,x,y,width,height,x1,y1,x2,y2,x3,y3,x4,y4,x5,y5'];
  for (let index = 0; index < 6; index++) {
    const random = new Random(index);
    const data = Uint8Array.from({ length: 48 * 48 * 3 }, () => random.integer(40, 200));
    await writeFile(join(folder, `${index}.png`), encodePng({ data, width: 48, height: 48 }));
    const size = 14 + 4 * index;
    const at = (x: number, y: number) => [6 + x * size, 6 + y * size];
    const points = [at(0.3, 0.35), at(0.7, 0.35), at(0.5, 0.6), at(0.35, 0.8), at(0.65, 0.8)];
    rows.push([`${index}.png`, 6, 6, size, size, ...points.flat()].join());
  }
  await writeFile(join(folder, 'faces.csv'), `${rows.join('\n')}\n`);
  return join(folder, 'faces.csv');
}

/** A predictor that loses the face of 22 px by throwing, that of 26 by NaN and that of 30 by a point too few. */
async function faultyModule(): Promise<string> {
  const path = join(await temporaryFolder(), 'faulty.mjs');
  await writeFile(
    path,
    `export default async () => ({
      name: 'faulty',
      scheme: 5,
      predict: async (image, { x, y, width }) => {
        if (width === 22) throw new Error('no face, no points');
        if (width === 26) return Array(5).fill({ x: NaN, y: NaN });
        if (width === 30) return Array(4).fill({ x, y });
        return Array(5).fill({ x: x + width / 2, y: y + width / 2 });
      },
    });`,
  );
  return path;
}

const lines = async (path: string) => (await readFile(path, 'utf8')).split('\n').filter(Boolean);
const withoutTimes = (text: string) => text.replaceAll(/"milliseconds":[\d.e-]+/g, '');

describe('compare', { timeout: 60_000 }, () => {
  it('measures predictors on a CSV of faces, counts lost faces, and writes reports, predictions and tables', async () => {
    const [data, out] = [await annotatedList(), join(await temporaryFolder(), 'run')];
    const predictors = [await faultyModule()];
    let result = { code: 1, stdout: '', stderr: '' };
    await expectNoLeak(async () => {
      result = await compare({ data, out, predictor: predictors, sizes: parseSizes('12-16,16-26,26-40,60-80') });
    });
    expect([result.code, result.stdout]).toEqual([0, `${out}/report.html\n`]);
    expect(result.stderr).toContain('faulty: 6 faces, 3 lost.\n');
    expect(result.stderr).toContain('No face of 60-80 px');
    expect(await readdir(join(out, 'predictions'))).toEqual(['faulty.jsonl', 'mean-shape.jsonl', 'ours.jsonl']);

    const { tables } = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));
    const accuracy = tables['accuracy-5'];
    expect(accuracy.map(({ predictor }: { predictor: string }) => predictor)).toEqual(['ours', 'mean-shape', 'faulty']);
    expect(accuracy[2]).toMatchObject({ faces: 6, lost: 3 });
    // The centre of each box: 0.2 and 0.15, 0.2 and 0.15, 0.1, 0.15 and 0.3, 0.15 and 0.3 from the points.
    const expected = (100 * (2 * Math.hypot(0.2, 0.15) + 0.1 + 2 * Math.hypot(0.15, 0.3))) / 5;
    expect(accuracy[2].nrmse.estimate).toBeCloseTo(expected, 9);
    expect(tables['lost-faces'].map(({ face, failure }: Record<string, string>) => `${face}: ${failure}`)).toEqual([
      '2.png: threw Error: no face, no points',
      '3.png: gave NaN for every point',
      '4.png: gave 4 points instead of 5',
    ]);
    expect(tables.comparison.map(({ predictor }: { predictor: string }) => predictor)).toEqual([
      'mean-shape',
      'faulty',
    ]);
    const sizes = tables['sizes-5'].map(({ size, predictor, faces }: Record<string, string>) => [
      size,
      predictor,
      faces,
    ]);
    expect(sizes.filter(([, predictor]: string[]) => predictor === 'faulty')).toEqual([
      ['12-16', 'faulty', 1],
      ['16-26', 'faulty', 2],
      ['26-40', 'faulty', 3],
    ]);

    // A line for each face, predictor and measurement.
    expect(await lines(join(out, 'faces.csv'))).toHaveLength(1 + 6 * 3);
    expect(await readFile(join(out, 'report.md'), 'utf8')).toContain('| faulty | 6 | 3 |');
    const html = await readFile(join(out, 'report.html'), 'utf8');
    for (const part of ['<svg', 'Worst faces of ours', 'Best faces of ours', 'no face, no points']) {
      expect(html).toContain(part);
    }
  });

  it('refuses to continue a stopped run without --resume, and with it ends as an uninterrupted run', async () => {
    const data = await annotatedList();
    const [out, undisturbed] = [join(await temporaryFolder(), 'run'), join(await temporaryFolder(), 'run')];
    const stopped = await compare({ data, out }, 'ours: 6 faces');
    expect([stopped.code, stopped.stdout]).toEqual([
      1,
      'Stopped after 0 of 6 faces of mean-shape. Go on with --resume.\n',
    ]);
    await expect(compare({ data, out })).rejects.toThrow(CheckpointError);
    await expect(compare({ data, out, resume: true, boxes: 'jittered' })).rejects.toThrow('boxes = "exact"');
    await expect(compare({ data, out, resume: true, predictor: [await faultyModule()] })).rejects.toThrow('predictors');

    // As if killed while it wrote.
    const file = join(out, 'predictions', 'ours.jsonl');
    const whole = await readFile(file, 'utf8');
    await writeFile(file, whole.slice(0, -40));
    expect((await compare({ data, out, resume: true })).code).toBe(0);
    expect(withoutTimes(await readFile(file, 'utf8'))).toBe(withoutTimes(whole));

    expect((await compare({ data, out: undisturbed })).code).toBe(0);
    const [one, other] = await Promise.all(
      [out, undisturbed].map(async (folder) => JSON.parse(await readFile(join(folder, 'report.json'), 'utf8')).tables),
    );
    for (const name of ['sizes-5', 'comparison']) expect(one[name]).toEqual(other[name]);
  });

  it('shrinks photographs of 300-W, and measures all 68 points', async () => {
    const [data, out] = [await temporaryFolder(), join(await temporaryFolder(), 'run')];
    await mkdir(join(data, '300w', 'afw'), { recursive: true });
    for (const index of [1, 2, 3]) await write300WFace(join(data, '300w', 'afw'), `face_${index}`, index);
    const { code } = await compare({ data, out, sizes: parseSizes('12-16,16-20'), limit: 2, boxes: 'jittered' });
    expect(code).toBe(0);
    const config = JSON.parse(await readFile(join(out, 'config.json'), 'utf8'));
    expect(config).toMatchObject({ faces: 4, sizes: ['12-16', '16-20'], boxes: 'jittered', seed: 2019, limit: 2 });
    const { tables } = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));
    expect(Object.keys(tables)).toEqual([
      ...['accuracy-68', 'accuracy-5', 'sizes-68', 'sizes-5', 'eye-distances', 'comparison', 'scores', 'settings'],
    ]);
  });

  it('refuses data without faces and missing predictors before it writes anything', async () => {
    const out = join(await temporaryFolder(), 'run');
    await expect(compare({ data: await temporaryFolder(), out })).rejects.toThrow(DatasetError);
    await expect(compare({ data: 'nowhere.csv', out })).rejects.toThrow(DatasetError);
    await expect(compare({ data: await annotatedList(), out, predictor: ['nothing.js'] })).rejects.toThrow(
      'nothing.js',
    );
    await expect(readdir(out)).rejects.toThrow('ENOENT');
  });
});
