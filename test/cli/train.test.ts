import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runMain } from '../../src/cli/command.js';
import { runCommand } from '../../src/cli/run-command.js';
import { runTrain, type TrainCommandOptions } from '../../src/cli/train.js';
import {
  BackendUnavailableError,
  CheckpointError,
  DatasetError,
  ImageDecodeError,
  InvalidArgumentError,
  type LowResLandmarksError,
} from '../../src/errors.js';
import { decodeWeightsFile } from '../../src/formats/weights-file.js';
import { resolveHeatmapConfig } from '../../src/training/heatmap-config.js';
import { writeYouTubeFaces } from '../support/faces/data-folders.js';
import { parseMetrics } from '../support/memory-store.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { expectNoLeak } from '../support/tensors.js';
import { captureCommand } from './capture-command.js';
import { heldOutAndTrainingPeople } from './people.js';

async function tinyDataFolder(): Promise<string> {
  const folder = await temporaryFolder();
  await writeYouTubeFaces(join(folder, 'ytf'), {
    training: heldOutAndTrainingPeople().map((name) => `${name}_00.png`),
    test: [],
  });
  return folder;
}

/** Runs `train` and keeps what it writes; `stopAt` aborts it when stderr says so. */
function train(options: Partial<TrainCommandOptions>, stopAt?: string) {
  const complete = { preset: 'bundled' as const, data: 'missing', out: 'missing', ...options };
  return captureCommand((output, signal) => runTrain(complete, output, signal), stopAt);
}

const metricsOf = async (run: string) => parseMetrics(await readFile(join(run, 'metrics.jsonl'), 'utf8'));

describe('train', { timeout: 120_000 }, () => {
  it('writes configuration, metrics, checkpoint, weights and a picture; a stopped run needs --resume and then ends', async () => {
    const data = await tinyDataFolder();
    const out = join(await temporaryFolder(), 'run');
    const options = { data, out, epochs: 2 };

    const stopped = await train(options, 'epoch 1/2');
    expect([stopped.code, stopped.stdout]).toEqual([1, 'Stopped in bundled at step 1. Go on with --resume.\n']);
    expect(stopped.stderr).toMatch(
      /^bundled on wasm: 3 samples an epoch, 1 held out, \d+ weights\.\nepoch 1\/2: nrmse /,
    );
    expect(stopped.stderr).not.toContain('\u001b');
    expect((await readdir(out)).sort()).toEqual([
      'checkpoint.safetensors',
      'config.json',
      expect.stringMatching(/^events\.out\.tfevents\.\d+\.lowres-landmarks$/),
      'heatmap-unet.safetensors',
      'metrics.jsonl',
      'pictures',
    ]);

    const before = await readFile(join(out, 'checkpoint.safetensors'));
    await expect(train(options)).rejects.toThrow(CheckpointError);
    await expect(train(options)).rejects.toThrow('resume it');
    await expect(train({ ...options, epochs: 3, resume: true })).rejects.toThrow('made with epochs = 2');
    // Compared as a whole: vitest would compare megabytes one by one.
    expect(before.equals(await readFile(join(out, 'checkpoint.safetensors')))).toBe(true);

    let resumed = { code: 1, stdout: '', stderr: '' };
    await expectNoLeak(async () => {
      resumed = await train({ ...options, resume: true });
    });
    expect([resumed.code, resumed.stdout]).toEqual([0, `${out}/heatmap-unet.safetensors\n`]);
    expect(resumed.stderr).not.toContain('epoch 1/2');
    expect((await metricsOf(out)).map(({ step, epoch }) => [step, epoch])).toEqual([
      [1, 0],
      [1, 1],
      [2, 1],
      [2, 2],
    ]);

    const config = JSON.parse(await readFile(join(out, 'config.json'), 'utf8'));
    const described = { preset: 'bundled', scale: 'paper', backend: 'wasm', workers: 1 };
    expect(config).toEqual({ ...described, ...resolveHeatmapConfig('bundled'), epochs: 2, milestones: [1, 1, 2, 2] });
    const { network } = decodeWeightsFile(await readFile(join(out, 'heatmap-unet.safetensors')));
    expect(network).toBe('HeatmapUNet');
    expect(await readdir(join(out, 'pictures'))).toEqual(['epoch-001.png', 'epoch-002.png']);
    const { width, height, format } = await sharp(join(out, 'pictures', 'epoch-002.png')).metadata();
    // One held-out face of 32 pixels, six times enlarged.
    expect([format, (width ?? 0) >= 192, (height ?? 0) >= 192]).toEqual(['png', true, true]);

    const undisturbed = `${out}-undisturbed`;
    expect((await train({ ...options, out: undisturbed })).code).toBe(0);
    expect(await metricsOf(undisturbed)).toEqual(await metricsOf(out));
    const weights = await readFile(join(out, 'heatmap-unet.safetensors'));
    expect(weights.equals(await readFile(join(undisturbed, 'heatmap-unet.safetensors')))).toBe(true);
  });

  it('starts a new run, with a note, when there is nothing to resume', async () => {
    const [data, out] = [await tinyDataFolder(), await temporaryFolder()];
    const { code, stderr } = await train({ data, out, epochs: 1, seed: 5, resume: true });
    expect(code).toBe(0);
    expect(stderr).toContain(`No checkpoint in ${out}: starting a new run.\n`);
    expect(JSON.parse(await readFile(join(out, 'config.json'), 'utf8'))).toMatchObject({ seed: 5, epochs: 1 });
  });

  it('trains S2 with the bundled G1 by default', async () => {
    const [data, out] = [await tinyDataFolder(), await temporaryFolder()];
    const { code, stdout } = await train({ preset: 'S2', scale: 'small', data, out, epochs: 1 });
    expect([code, stdout]).toEqual([0, `${out}/heatmap-unet.safetensors\n`]);
  });
});

describe('train, refused', () => {
  it.each<[string, Partial<TrainCommandOptions>, new (message: string) => LowResLandmarksError, string]>([
    ['for an unknown preset', { preset: 'S9' as 'S1' }, InvalidArgumentError, 'no preset "S9"'],
    ['for a missing data folder', { data: 'nowhere' }, DatasetError, 'nowhere has neither'],
    ['for an unknown backend', { backend: 'cuda' }, InvalidArgumentError, 'no backend "cuda"'],
    ['for a backend that is not installed', { backend: 'node-gpu' }, BackendUnavailableError, 'node-gpu'],
  ])('%s, names the value and leaves no folder behind', async (_why, options, ErrorClass, message) => {
    const [data, out] = [await tinyDataFolder(), join(await temporaryFolder(), 'run')];
    const attempt = () => train({ data, out, ...options });
    await expect(attempt()).rejects.toThrow(ErrorClass);
    await expect(attempt()).rejects.toThrow(message);
    await expect(readdir(out)).rejects.toThrow('ENOENT');
  });

  it('names a file that is in the way of the run folder, and leaves it alone', async () => {
    const [data, out] = [await tinyDataFolder(), join(await temporaryFolder(), 'file')];
    await writeFile(out, 'mine');
    await expect(train({ data, out })).rejects.toThrow(InvalidArgumentError);
    expect(await readFile(out, 'utf8')).toBe('mine');
  });

  it('reports that no sample is left to train with', async () => {
    const data = await temporaryFolder();
    await writeYouTubeFaces(join(data, 'ytf'), { training: [`${heldOutAndTrainingPeople()[3]}_00.png`], test: [] });
    await expect(train({ data, out: join(data, 'run') })).rejects.toThrow(DatasetError);
    await expect(train({ data, out: join(data, 'run') })).rejects.toThrow('no samples');
  });

  it('names a broken image and leaks no tensor', async () => {
    const data = await tinyDataFolder();
    const name = `${heldOutAndTrainingPeople()[1]}_00.png`;
    await writeFile(join(data, 'ytf', 'training', name), 'no image');
    await expectNoLeak(async () => {
      const error = await train({ data, out: join(data, 'run'), epochs: 1 }).catch((e: unknown) => e);
      expect(error).toBeInstanceOf(ImageDecodeError);
      expect((error as Error).message).toContain(name);
    });
  });
});

describe('runCommand', () => {
  let problems = '';
  beforeEach(() => {
    problems = '';
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      problems += text;
      return true;
    });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    process.exitCode = 0;
  });

  it('sets the exit code that the work returns', async () => {
    await runCommand(async () => 1);
    expect(process.exitCode).toBe(1);
    await runCommand(async () => 0);
    expect(process.exitCode).toBe(0);
  });

  it('exits with 2 and prints one line for an error of this library, from the command line too', async () => {
    await runCommand((output, signal) => runTrain({ preset: 'S9' as 'S1', data: 'x', out: 'y' }, output, signal));
    expect([process.exitCode, problems]).toEqual([
      2,
      'InvalidArgumentError: There is no preset "S9". Choose stage-one, S1, S2, S3, S4, HR-LD, bundled.\n',
    ]);
    problems = '';
    process.exitCode = 0;
    await runMain(['train', '--preset', 'S1', '--data', 'nowhere', '--out', 'y']);
    expect(process.exitCode).toBe(2);
    expect(problems).toMatch(/^DatasetError: nowhere has neither.*\n$/);
  });

  it('rethrows an unexpected error', async () => {
    const bug = new TypeError('a bug');
    await expect(runCommand(() => Promise.reject(bug))).rejects.toBe(bug);
  });

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'aborts the work on the first %s, and removes its listeners afterwards',
    async (name) => {
      const listeners = () => process.listenerCount('SIGINT') + process.listenerCount('SIGTERM');
      const before = listeners();
      await runCommand(async (_output, signal) => {
        expect(signal.aborted).toBe(false);
        process.emit(name);
        expect(signal.aborted).toBe(true);
        // A second one is left to Node, which ends the process.
        expect(listeners()).toBe(before + 1);
        return 1;
      });
      expect(listeners()).toBe(before);
    },
  );
});
