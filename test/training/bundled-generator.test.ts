import { expect, it } from 'vitest';
import { subsample } from '../../src/augmentation/degrade.js';
import { Random } from '../../src/random.js';
import { loadBundledGenerator } from '../../src/training/bundled-generator.js';
import { generateFaces } from '../../src/training/generate-faces.js';
import { expectNoLeak } from '../support/tensors.js';

/** A soft blob of light, as smooth as skin. */
function blob(size: number) {
  const data = Float32Array.from({ length: size * size * 3 }, (_, i) => {
    const [x, y] = [(Math.floor(i / 3) % size) / size - 0.5, Math.floor(i / 3 / size) / size - 0.5];
    return 40 + 150 * Math.exp(-8 * (x * x + y * y)) + 10 * (i % 3);
  });
  return { data, width: size, height: size };
}

it('the bundled G1 shrinks a face of 128 pixels to 32, recognisably but unlike F, and frees its tensors', async () => {
  await expectNoLeak(async () => {
    using generator = await loadBundledGenerator();
    expect([generator.config.inputSize, generator.outputSize]).toEqual([128, 32]);
    const face = blob(128);
    const [generated] = await generateFaces(generator, [face], [new Random(1)]);
    const target = subsample(face, new Random(1));
    const differences = Array.from(target.data, (value, i) => Math.abs(value - generated!.data[i]!));
    const mean = differences.reduce((sum, value) => sum + value, 0) / differences.length;
    expect(mean).toBeGreaterThan(0.5);
    expect(mean).toBeLessThan(12);
  });
});
