import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { type AblateCommandOptions, runAblate } from '../../src/cli/ablate.js';
import { CheckpointError, DatasetError, InvalidArgumentError } from '../../src/errors.js';
import { writeLowResolutionFaces, writeYouTubeFaces } from '../node/datasets/landmark-folders.js';
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

function ablate(options: Partial<AblateCommandOptions>, stopAt?: string) {
  const complete = { data: 'missing', out: 'missing', scale: 'small', epochs: 1, ...options };
  return captureCommand((output, signal) => runAblate(complete, output, signal), stopAt);
}

describe('ablate', { timeout: 240_000 }, () => {
  it('trains stage one and four settings, is stopped and resumed, and writes Table 1b three ways', async () => {
    const [data, out] = [await tinyDataFolder(), join(await temporaryFolder(), 'run')];
    const stopped = await ablate({ data, out }, 'S2: ');
    expect([stopped.code, stopped.stdout]).toEqual([1, 'Stopped in S2 at step 0. Go on with --resume.\n']);
    await expect(ablate({ data, out })).rejects.toThrow(CheckpointError);

    await expectNoLeak(async () => {
      const { code, stdout } = await ablate({ data, out, resume: true });
      expect([code, stdout]).toEqual([0, `${out}/ablation.md\n`]);
    });

    const markdown = await readFile(join(out, 'ablation.md'), 'utf8');
    expect(markdown.match(/^\| S[1-4] \|/gm)).toHaveLength(8);
    expect(markdown).toContain('| 11.33 ± 9.81 | 11.90 | 21.89 |');
    const json = JSON.parse(await readFile(join(out, 'ablation.json'), 'utf8'));
    expect(json).toMatchObject({ scale: 'small', epochs: 1, seed: 0, testFaces: 1 });
    for (const setting of ['S1', 'S2', 'S3', 'S4']) {
      expect(json.results[setting].nrmse).toBeGreaterThan(0);
      expect(Object.values(json.native[setting]).every((value) => Number.isFinite(value))).toBe(true);
    }
    expect(await readFile(join(out, 'ablation.svg'), 'utf8')).toContain('S4</text>');
    // As many cells as real faces are held out, times four settings, eight in a row.
    const sheet = PNG.sync.read(await readFile(join(out, 'native-faces.png')));
    expect(Math.floor(sheet.height / 192)).toBe(Math.ceil((4 * json.nativeFaces) / 8));
    expect((await readdir(out)).sort()).toEqual(
      [
        ...['S1', 'S2', 'S3', 'S4', 'stage-one'],
        ...['ablation.json', 'ablation.md', 'ablation.svg', 'native-faces.png'],
      ].sort(),
    );
    expect(await readdir(join(out, 'stage-one', 'pictures'))).toEqual(['epoch-001.png']);

    const again = await ablate({
      data,
      out: join(out, 'again'),
      generator: join(out, 'stage-one/high-to-low-generator.safetensors'),
    });
    expect(again.code).toBe(0);
    expect(await readdir(join(out, 'again'))).not.toContain('stage-one');
  });

  it('refuses what it cannot do before it writes anything', async () => {
    const data = await tinyDataFolder();
    await expect(ablate({ data, scale: 'huge' })).rejects.toThrow(InvalidArgumentError);
    await expect(ablate({ data: await temporaryFolder() })).rejects.toThrow(DatasetError);
    const out = join(await temporaryFolder(), 'run');
    await expect(ablate({ data, out, generator: 'missing.safetensors' })).rejects.toThrow(/missing\.safetensors/);
  });
});
