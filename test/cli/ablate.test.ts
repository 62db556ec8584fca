import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TrainingCommandOptions } from '../../src/cli/options.js';
import { runAblate } from '../../src/cli/train.js';
import { CheckpointError, DatasetError, InvalidArgumentError } from '../../src/errors.js';
import { writeLowResolutionFaces, writeYouTubeFaces } from '../support/faces/data-folders.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { expectNoLeak } from '../support/tensors.js';
import { captureCommand } from './capture-command.js';
import { heldOutAndTrainingPeople } from './people.js';

/** Three labelled people to learn from and one held out, and 24 grainy pictures. */
async function tinyDataFolder(): Promise<string> {
  const folder = await temporaryFolder();
  const frames = heldOutAndTrainingPeople().map((name) => `${name}_00.png`);
  await writeYouTubeFaces(join(folder, 'ytf'), { training: frames, test: [] });
  await writeLowResolutionFaces(join(folder, 'lowres'), 24);
  return folder;
}

function ablate(options: Partial<TrainingCommandOptions>, stopAt?: string) {
  const complete = { data: 'missing', out: 'missing', scale: 'small' as const, epochs: 1, ...options };
  return captureCommand((output, signal) => runAblate(complete, output, signal), stopAt);
}

describe('ablate', { timeout: 240_000 }, () => {
  it('trains stage one and four settings, resumes where it was stopped, and reports Table 1b', async () => {
    const [data, out] = [await tinyDataFolder(), join(await temporaryFolder(), 'run')];
    const stopped = await ablate({ data, out }, 'S2 on ');
    expect([stopped.code, stopped.stdout]).toEqual([1, 'Stopped in S2 at step 0. Go on with --resume.\n']);
    await expect(ablate({ data, out })).rejects.toThrow(CheckpointError);

    await expectNoLeak(async () => {
      const { code, stdout } = await ablate({ data, out, resume: true });
      expect([code, stdout]).toEqual([0, `${out}/report.html\n`]);
    });

    const { tables } = JSON.parse(await readFile(join(out, 'report.json'), 'utf8'));
    const accuracy = tables['accuracy-68'];
    expect(accuracy.map(({ predictor, faces }: Record<string, unknown>) => [predictor, faces])).toEqual([
      ['S1', 1],
      ['S2', 1],
      ['S3', 1],
      ['S4', 1],
    ]);
    expect(accuracy[0]).toMatchObject({ paper_nrmse: { mean: 11.33, std: 9.81 }, paper_auc007: 11.897 });
    for (const { nrmse } of accuracy) expect(nrmse.estimate).toBeGreaterThan(0);
    expect(tables['real-faces']).toHaveLength(4);
    for (const { setting, ...measures } of tables['real-faces']) {
      expect(Object.values(measures).every(Number.isFinite), setting).toBe(true);
    }
    const settings = tables.settings.map(({ setting, value }: Record<string, string>) => [setting, value]);
    expect(Object.fromEntries(settings)).toMatchObject({
      data,
      scale: 'small',
      epochs: '1',
      seed: '0',
      backend: 'wasm',
    });
    expect(await readFile(join(out, 'report.md'), 'utf8')).toContain('| 11.33 ± 9.81 | 11.9 | 21.9 |');
    const html = await readFile(join(out, 'report.html'), 'utf8');
    for (const part of ['S4</text>', 'Real low-resolution faces, by setting']) expect(html).toContain(part);
    const folders = (await readdir(out, { withFileTypes: true })).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(['S1', 'S2', 'S3', 'S4', 'stage-one']);
    expect(await readdir(join(out, 'stage-one', 'pictures'))).toEqual(['epoch-001.png']);

    const again = await ablate({
      data,
      out: join(out, 'again'),
      generator: join(out, 'stage-one/high-to-low-generator.safetensors'),
    });
    expect(again.code).toBe(0);
    expect(await readdir(join(out, 'again'))).not.toContain('stage-one');
  });

  it('refuses an unknown scale, data without faces and a missing generator', async () => {
    const data = await tinyDataFolder();
    await expect(ablate({ data, scale: 'huge' as 'small' })).rejects.toThrow(InvalidArgumentError);
    await expect(ablate({ data: await temporaryFolder() })).rejects.toThrow(DatasetError);
    const out = join(await temporaryFolder(), 'run');
    await expect(ablate({ data, out, generator: 'missing.safetensors' })).rejects.toThrow(/missing\.safetensors/);
  });
});
