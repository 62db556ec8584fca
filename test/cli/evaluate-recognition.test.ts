import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type RecognitionCommandOptions, runEvaluateRecognition } from '../../src/cli/evaluate-recognition.js';
import { isHeldOut } from '../../src/datasets/dataset-tools.js';
import { CheckpointError, DatasetError, InvalidArgumentError } from '../../src/errors.js';
import { writeLowResolutionFaces, writeYouTubeFaces } from '../support/faces/data-folders.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { expectNoLeak } from '../support/tensors.js';
import { captureCommand } from './capture-command.js';

const names = Array.from({ length: 100 }, (_, i) => `Person${i}`);
const found = (name: string) => isHeldOut(name, 0.5, 0);
const validated = (name: string) => isHeldOut(name, 0.05, 0);

/** Three people to be found, and five to train with of whom one is for validation; two videos each, and real faces of nobody known. */
async function dataFolder(): Promise<string> {
  const folder = await temporaryFolder();
  const people = [
    ...names.filter(found).slice(0, 3),
    ...names.filter((name) => !found(name)).slice(0, 5),
    ...names.filter(validated).slice(0, 1),
  ];
  const frames = [...new Set(people)].flatMap((name) => [`${name}_00.png`, `${name}_10.png`]);
  await writeYouTubeFaces(join(folder, 'ytf'), { training: frames, test: [] });
  await writeLowResolutionFaces(join(folder, 'lowres'), 24);
  return folder;
}

async function moduleOf(name: string, made: string): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, `export default () => (${made});`);
  return path;
}

/** Tells faces apart by the colour of a corner: of each person's first picture another one (\`writeYouTubeFaces\`). */
const colours = () =>
  moduleOf(
    'colour.mjs',
    "{ name: 'colour', inputSize: 16, embed: async (faces) => faces.map(({ data }) => Float32Array.from([1, ...data.subarray(0, 9)])) }",
  );
/** Finds nobody on every other face. */
const predictor = () =>
  moduleOf(
    'blinking.mjs',
    "((calls) => ({ name: 'blinking', scheme: 5, predict: async (_, { x, y, width, height }) => { if (calls++ % 2) throw new Error('nobody'); return [[.3, .4], [.7, .4], [.5, .6], [.35, .8], [.65, .8]].map(([u, v]) => ({ x: x + u * width, y: y + v * height })); } }))(0)",
  );

function evaluate(options: Partial<RecognitionCommandOptions>, stopAt?: string) {
  const complete = { data: 'missing', out: 'missing', scale: 'small' as const, backend: 'wasm', ...options };
  return captureCommand((output, signal) => runEvaluateRecognition(complete, output, signal), stopAt);
}

const read = async (...path: string[]) => readFile(join(...path), 'utf8');

describe('evaluate recognition', { timeout: 240_000 }, () => {
  it('compares alignments, lists faces that could not be aligned, and resumes where it was stopped', async () => {
    const [data, out] = [await dataFolder(), join(await temporaryFolder(), 'run')];
    const options = {
      data,
      out,
      align: ['none', 'mean-shape', await predictor(), 'annotated'],
      embedder: await colours(),
    };
    const stopped = await evaluate(options, 'none: top-1');
    expect([stopped.code, stopped.stdout]).toEqual([1, 'Stopped in mean-shape. Go on with --resume.\n']);
    await expect(evaluate(options)).rejects.toThrow(CheckpointError);
    await expect(evaluate({ ...options, seed: 1, resume: true })).rejects.toThrow(/seed/);
    const first = await read(out, 'rows/none.json');

    await expectNoLeak(async () => {
      const { code, stdout } = await evaluate({ ...options, resume: true });
      expect([code, stdout]).toEqual([0, `${out}/report.html\n`]);
    });
    expect(await read(out, 'rows/none.json')).toBe(first);
    const { tables } = JSON.parse(await read(out, 'report.json'));
    expect(tables.identification.map(({ name }: { name: string }) => name)).toEqual([
      'none',
      'mean-shape',
      'blinking',
      'annotated',
    ]);
    // Every second of the faces in the gallery and of the probes.
    expect(tables.identification[2]).toMatchObject({ lost: 4 });
    expect(tables.rows[2]).toMatchObject({ name: 'blinking', embedder: 'colour' });
    expect(tables.identification[0]).toMatchObject({ lost: 0 });
    expect(tables.identification[0]).not.toHaveProperty('paper_top1');
    expect(tables.comparison).toHaveLength(3);
    const page = await read(out, 'report.html');
    expect(page).toContain('</svg>');
    expect(page).toContain('Worst probes by none');
    // Each probe once: half of them are the worst, half the best.
    expect(page.match(/<img /g)).toHaveLength(JSON.parse(first).ranks.length);
    expect(page).toMatch(/rank \d/);
    expect(await read(out, 'report.md')).toContain('| blinking |');
    expect(await read(out, 'identification.csv')).toContain('top1_low');

    // Resumed once more, everything is there already.
    const again = await evaluate({ ...options, resume: true });
    expect([again.code, again.stderr.includes('top-1')]).toEqual([0, false]);
  });

  it("trains each network that settings need once, without the people to identify, and reports the paper's numbers", async () => {
    const [data, out] = [await dataFolder(), join(await temporaryFolder(), 'run')];
    const small = { data, out, epochs: 1, embedderEpochs: 1, embedder: await colours() };
    const stopped = await evaluate({ ...small, setting: ['L1', 'L4', 'I3'] }, 'stage-one on');
    expect(stopped.code).toBe(1);
    await expectNoLeak(async () => {
      const { code } = await evaluate({
        ...small,
        setting: ['L1', 'L4', 'I3'],
        resume: true,
      });
      expect(code).toBe(0);
    });
    const { tables } = JSON.parse(await read(out, 'report.json'));
    expect(
      tables.identification.map((row: Record<string, unknown>, index: number) => [
        row.name,
        tables.rows[index].embedder,
        row.paper_top1,
      ]),
    ).toEqual([
      ['L1', 'LightCNN-29', 31.17],
      ['L4', 'LightCNN-29', 39.87],
      ['I3', 'colour', 51.1],
    ]);
    const reduced = JSON.parse(await read(out, 'end-to-end/S4/config.json'));
    expect(reduced).toMatchObject({ preset: 'S4', augmentation: { rotation: 15 } });
    expect(JSON.parse(await read(out, 'S2/config.json')).augmentation.rotation).toBe(30);
    for (const run of ['L1', 'L4']) expect(await read(out, run, 'light-cnn/metrics.jsonl')).toContain('loss');

    const continued = await evaluate({
      ...{ data, out: join(out, 'again'), epochs: 1, embedderEpochs: 1 },
      setting: ['L5'],
      initial: join(out, 'L4/light-cnn/light-cnn.safetensors'),
    });
    expect(continued.code).toBe(0);

    const given = join(out, 'given');
    expect((await evaluate({ ...small, out: given, landmarks: out, setting: ['L1'] })).code).toBe(0);
    expect(await readdir(given)).toContain('L1');
    expect(await readdir(given)).not.toContain('S2');
  });

  it('retrains the bundled recipe without the people to identify', async () => {
    const [data, out] = [await dataFolder(), join(await temporaryFolder(), 'run')];
    const options = {
      data,
      out,
      epochs: 1,
      align: ['retrained', 'enlarge:retrained'],
      embedder: await colours(),
    };
    expect((await evaluate(options)).code).toBe(0);
    // Five of the frames' nine people, of whom one is for validation: two frames each of four.
    expect(JSON.parse(await read(out, 'bundled/config.json')).epochs).toBe(1);
    expect((await read(out, 'bundled/metrics.jsonl')).match(/"loss"/g)).toHaveLength(1);
    expect(await read(out, 'report.md')).toContain('trained without these people, enlarged first');
  });

  it('refuses missing options, rows of one name and data without people before it writes anything', async () => {
    const data = await dataFolder();
    const out = join(await temporaryFolder(), 'run');
    const embedder = await colours();
    const refused = (options: Partial<RecognitionCommandOptions>, message: RegExp) =>
      expect(evaluate({ data, out, ...options })).rejects.toThrow(message);
    await refused({}, /pass --setting or --align/);
    await refused({ setting: ['L9'] }, /no setting "L9"/);
    await refused({ setting: ['I1'] }, /I1 needs --embedder/);
    await refused({ setting: ['L5'] }, /L5 needs --initial/);
    await refused({ setting: ['A2'], embedder }, /A2 needs --super-resolver/);
    await refused({ align: ['none', 'none'], embedder }, /Two rows are named none/);
    const [one, other] = ['a/heatmap-unet.safetensors', 'b/a.mjs'];
    await refused({ align: [one, other], embedder }, /Two rows are named a: rename/);
    await refused({ align: ['super:none'], embedder, superResolver: embedder }, /without alignment/);
    await refused({ align: ['none'], embedder, distractors: true }, /--distractors: this data has none/);
    await expect(evaluate({ data: await temporaryFolder(), out, align: ['none'], embedder })).rejects.toThrow(
      DatasetError,
    );
    await expect(readFile(join(out, 'config.json'))).rejects.toThrow(/ENOENT/);
  });

  it('refuses a missing module and one that returns another type, naming the wrong field', async () => {
    const [data, out] = [await dataFolder(), join(await temporaryFolder(), 'run')];
    const nothing = await moduleOf('nothing.mjs', "{ name: 'x' }");
    const refused = (options: Partial<RecognitionCommandOptions>, message: RegExp) =>
      expect(evaluate({ data, out, resume: true, align: ['none'], ...options })).rejects.toThrow(message);
    await refused({ embedder: nothing }, /returned no FaceEmbedder.*inputSize/);
    await expect(evaluate({ data, out: join(out, 'other'), align: ['none'], embedder: 'missing.mjs' })).rejects.toThrow(
      InvalidArgumentError,
    );
  });
});
