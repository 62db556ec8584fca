import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PackageUnavailableError } from '../../src/errors.js';
import { drawAblation } from '../../src/experiments/draw-ablation.js';
import { createRunFolder } from '../../src/node/runs/run-folder.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const errors = { S1: [0.09], S2: [0.05], S3: [0.04], S4: [0.04] };

async function draw(...render: Parameters<typeof drawAblation>[3][]) {
  const folder = await temporaryFolder();
  let said = '';
  const stderr = { write: (text: string) => (said += text) };
  await drawAblation(errors, await createRunFolder(folder), stderr, ...render);
  return { folder, said };
}

describe('the picture of an ablation', () => {
  it('has a curve for each setting', async () => {
    const { folder, said } = await draw();
    const svg = await readFile(join(folder, 'ablation.svg'), 'utf8');
    for (const setting of Object.keys(errors)) expect(svg).toContain(`${setting}</text>`);
    expect(said).toBe('');
  });

  it('is left out with a word on standard error where nothing can draw it', async () => {
    const { folder, said } = await draw(async () => {
      throw new PackageUnavailableError('Charts need vega, which is not installed: npm install vega@5 vega-lite@5');
    });
    expect(said).toBe(
      'ablation.svg is left out. Charts need vega, which is not installed: npm install vega@5 vega-lite@5\n',
    );
    expect(await readdir(folder)).toEqual([]);
  });

  it('does not hide any other error', async () => {
    const broken = async () => {
      throw new TypeError('broken');
    };
    await expect(draw(broken)).rejects.toThrow('broken');
  });
});
