import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openPredictors } from '../../src/cli/open-predictors.js';
import { InvalidArgumentError, WeightsMismatchError } from '../../src/errors.js';
import { tinyWeightsFile } from '../detect/tiny-weights.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { expectNoLeak } from '../support/tensors.js';

async function fileOf(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}

const centre = (name: string) =>
  `export default async () => ({ name: ${JSON.stringify(name)}, scheme: 5, predict: async (_, { x, y }) => Array(5).fill({ x, y }) });`;

describe('openPredictors', () => {
  it('opens ours and mean-shape first, then weights files and modules in the order given', async () => {
    const weights = await fileOf('s4/heatmap-unet.safetensors', await tinyWeightsFile({ landmarks: 68 }));
    const renamed = await fileOf('other.safetensors', await tinyWeightsFile({ landmarks: 68 }));
    const module = await fileOf('centre.mjs', centre('Box centre'));
    await expectNoLeak(async () => {
      const opened = await openPredictors([module, 'mean-shape', weights, renamed]);
      const names = opened.map(({ predictor }) => predictor.name);
      expect(names).toEqual(['ours', 'mean-shape', 'Box centre', 's4', 'other']);
      expect(opened[0]!.source).toMatch(/^ours SHA-256 [\da-f]{12}$/);
      expect(opened[3]!.source.startsWith(`${weights} SHA-256 `)).toBe(true);
      for (const { predictor } of opened) predictor.dispose?.();
    });
  });

  it('opens a TypeScript module where the process can run it', async () => {
    const module = await fileOf('typed.ts', centre('typed').replace('async (_,', 'async (_: unknown,'));
    const opened = await openPredictors([module]);
    expect(opened.map(({ predictor }) => predictor.name)).toContain('typed');
    for (const { predictor } of opened) predictor.dispose?.();
  });

  it.each<[string, string, string, string]>([
    ['a module without a factory', 'a.mjs', 'export const predictor = 1;', 'its default export is no function'],
    ['a factory that throws', 'a.mjs', "export default () => { throw new Error('no model') };", 'threw: no model'],
    [
      'a factory of something else',
      'a.mjs',
      "export default () => ({ name: 'x', scheme: 7 });",
      'its scheme must be 68, 19 or 5, not 7',
    ],
    ['a factory of nothing', 'a.mjs', 'export default () => undefined;', 'returned no LandmarkPredictor'],
    ['a module that does not parse', 'a.mjs', 'export default (', 'cannot be loaded'],
    ['another kind of file', 'a.onnx', '', 'takes a weights file (.safetensors) or a module'],
    ['a name that is taken', 'a.mjs', centre('ours'), 'Two predictors are named ours:'],
    [
      'a name of the same file',
      'a.mjs',
      centre('Mean Shape'),
      'named mean-shape and Mean Shape, which have the same file name',
    ],
  ])('refuses %s, and leaves nothing open', async (_, name, content, message) => {
    const path = await fileOf(name, content);
    await expectNoLeak(async () => {
      await expect(openPredictors([path])).rejects.toThrow(InvalidArgumentError);
      await expect(openPredictors([path])).rejects.toThrow(message);
    });
  });

  it('refuses a missing file, a folder, a repeated predictor and weights of another network', async () => {
    await expect(openPredictors(['nothing'])).rejects.toThrow('--predictor nothing: no such file');
    await expect(openPredictors([await temporaryFolder()])).rejects.toThrow('it is a folder');
    await expect(openPredictors(['ours', 'ours'])).rejects.toThrow('--predictor ours is given twice');
    const weights = await fileOf('x.safetensors', await tinyWeightsFile({ landmarks: 7 }));
    await expect(openPredictors([weights])).rejects.toThrow(WeightsMismatchError);
  });
});
