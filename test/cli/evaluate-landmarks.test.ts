import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type EvaluateLandmarksOptions, runEvaluateLandmarks } from '../../src/cli/evaluate-landmarks.js';
import { runTrain } from '../../src/cli/train.js';
import { CheckpointError, DatasetError, InvalidArgumentError } from '../../src/errors.js';
import { tinyWeightsFile } from '../detect/tiny-weights.js';
import { write300WFace, writeYouTubeFaces } from '../node/datasets/landmark-folders.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { expectNoLeak } from '../support/tensors.js';
import { captureCommand } from './capture-command.js';
import { heldOutAndTrainingPeople } from './people.js';

function evaluate(options: Partial<EvaluateLandmarksOptions>, stopAt?: string) {
  const complete = {
    setting: 'S1',
    data: 'missing',
    out: 'missing',
    scale: 'small',
    sizes: [{ low: 12, high: 16 }],
    ...options,
  };
  return captureCommand((output, signal) => runEvaluateLandmarks(complete, output, signal), stopAt);
}

/** Test faces in the folders of 300-W named, and three people to learn from. */
async function tinyDataFolder(...folders: string[]): Promise<string> {
  const data = await temporaryFolder();
  for (const [index, folder] of folders.entries()) {
    const place = join(data, '300w', folder);
    await mkdir(place, { recursive: true });
    for (const face of [1, 2]) await write300WFace(place, `face_${10 * index + face}`, 10 * index + face);
  }
  const frames = heldOutAndTrainingPeople().map((name) => `${name}_00.png`);
  await writeYouTubeFaces(join(data, 'ytf'), { training: frames, test: [] });
  return data;
}

const tablesOf = async (out: string) => JSON.parse(await readFile(join(out, 'report.json'), 'utf8')).tables;

describe('evaluate landmarks', { timeout: 120_000 }, () => {
  it('trains a setting where it is not, is stopped anywhere and resumed, and has the paper beside Table 1b', async () => {
    const [data, out] = [await tinyDataFolder('afw', 'helen/trainset'), join(await temporaryFolder(), 'run')];
    const options = { data, out, epochs: 1 };
    const inTraining = await evaluate(options, 'S1: ');
    expect([inTraining.code, inTraining.stdout]).toEqual([1, 'Stopped in S1 at step 0. Go on with --resume.\n']);
    await expect(evaluate(options)).rejects.toThrow(CheckpointError);
    const inPrediction = await evaluate({ ...options, resume: true }, 'made small by G1:');
    expect(inPrediction.code).toBe(1);
    expect(inPrediction.stdout).toBe('Stopped after 0 of 2 faces of S1. Go on with --resume.\n');

    await expectNoLeak(async () => {
      const { code, stdout } = await evaluate({ ...options, resume: true });
      expect([code, stdout]).toEqual([0, `${out}/report.html\n`]);
    });
    expect(await readdir(join(out, 'predictions'))).toEqual(['generated', 'small']);
    const tables = await tablesOf(out);
    const [s1, floor] = tables['generated-accuracy-68'];
    expect(s1).toMatchObject({
      predictor: 'S1',
      faces: 2,
      paper_nrmse: { mean: 11.33, std: 9.81 },
      paper_auc007: 11.897,
    });
    expect(floor).toMatchObject({ predictor: 'mean-shape', paper_nrmse: null });
    expect(tables['small-accuracy-68'][0]).not.toHaveProperty('paper_nrmse');
    expect(tables['small-sizes-68'].map(({ size }: { size: string }) => size)).toEqual(['12-16', '12-16']);
    expect(await readFile(join(out, 'report.html'), 'utf8')).toContain('paper, other data');
  });

  it("finds a run's weights in its folder, and refuses those of another setting", async () => {
    const [data, out] = [await tinyDataFolder('afw'), await temporaryFolder()];
    await writeFile(join(out, 'heatmap-unet.safetensors'), await tinyWeightsFile({ landmarks: 68, inputSize: 32 }));
    await writeFile(join(out, 'config.json'), JSON.stringify({ preset: 'S3' }));
    await expect(evaluate({ data, out, setting: 'S4' })).rejects.toThrow('holds a run of S3, not of S4');
    const { code, stderr } = await evaluate({ data, out, setting: 'S3' });
    expect(code).toBe(0);
    expect(stderr).toContain(`Weights found in ${out}.`);
    // The run's own configuration stays.
    expect(JSON.parse(await readFile(join(out, 'config.json'), 'utf8'))).toEqual({ preset: 'S3' });
    await expect(evaluate({ data, out, setting: 'S3' })).rejects.toThrow('--resume');
  });

  it('refuses the weights of a training that is not finished, unless they are named', async () => {
    const [data, out] = [await tinyDataFolder('afw'), join(await temporaryFolder(), 'run')];
    const options = { data, out, preset: 'S1', scale: 'small', epochs: 2 };
    await captureCommand((output, signal) => runTrain(options, output, signal), 'epoch 1/2');
    await expect(evaluate({ data, out })).rejects.toThrow(CheckpointError);
    await expect(evaluate({ data, out })).rejects.toThrow('stopped after 1 of 2 epochs: go on with train --resume');
    const weights = join(out, 'heatmap-unet.safetensors');
    expect((await evaluate({ data, out: join(out, 'as-it-is'), weights })).code).toBe(0);
    const finished = { ...options, resume: true };
    await captureCommand((output, signal) => runTrain(finished, output, signal));
    expect((await evaluate({ data, out })).stderr).toContain(`Weights found in ${out}.`);
  });

  it('evaluates HR-LD on the test sets of Table 4 that are there, with both eye distances', async () => {
    const data = await tinyDataFolder('helen/testset', 'lfpw/testset', 'ibug', 'afw');
    const out = join(await temporaryFolder(), 'run');
    const weights = join(await temporaryFolder(), 'x.safetensors');
    await writeFile(weights, await tinyWeightsFile({ landmarks: 68, inputSize: 128 }));
    expect((await evaluate({ data, out, weights, setting: 'HR-LD' })).code).toBe(0);
    const tables = await tablesOf(out);
    const rows = tables['table-4'];
    expect(rows.map(({ set, faces, paper }: Record<string, unknown>) => [set, faces, paper])).toEqual([
      ['common', 4, 3.6],
      ['challenging', 2, 7.301],
      ['full', 6, 4.325],
      ['afw', 2, null],
    ]);
    const errorOf = (index: number): number => rows[index]['inter-ocular'].estimate;
    expect(errorOf(2)).toBeCloseTo((4 * errorOf(0) + 2 * errorOf(1)) / 6, 9);
    expect(rows[0]['inter-pupil'].estimate).toBeGreaterThan(0);
    expect(errorOf(1)).toBeCloseTo(tables['challenging-eye-distances'][0]['inter-ocular-nrmse'].estimate, 9);
  });

  it('evaluates the weights in the package without training', async () => {
    const [data, out] = [await tinyDataFolder('afw'), join(await temporaryFolder(), 'run')];
    expect((await evaluate({ data, out, setting: 'bundled', limit: 1 })).code).toBe(0);
    expect((await tablesOf(out))['generated-accuracy-68'][0]).toMatchObject({ predictor: 'bundled', faces: 1 });
  });

  it('refuses what it cannot do before it writes anything', async () => {
    const [data, out] = [await tinyDataFolder(), join(await temporaryFolder(), 'run')];
    await expect(evaluate({ data, out, setting: 'S9' })).rejects.toThrow('Choose S1, S2, S3, S4, HR-LD, bundled');
    await expect(evaluate({ data, out })).rejects.toThrow(DatasetError);
    await expect(evaluate({ data, out, setting: 'HR-LD' })).rejects.toThrow('no test faces of 300-W');
    await expect(evaluate({ data, out, scale: 'huge' })).rejects.toThrow(InvalidArgumentError);
    await expect(readdir(out)).rejects.toThrow('ENOENT');
  });
});
