import { HighToLowGenerator } from '../networks/high-to-low-generator.js';

/**
 * G1 with the weights in this package, to try stage two without stage one: the `small` preset, trained on 300-W and
 * real low-resolution faces (see `weights/high-to-low-generator.md`). Call `useBackend` first; the caller disposes it.
 *
 * @example
 * using generator = await loadBundledGenerator();
 * const config = resolveSemiSupervisedConfig('S2', { scale: 'small' });
 * const trainer = new SemiSupervisedTrainer({ config, generator, ...data });
 */
export async function loadBundledGenerator(): Promise<HighToLowGenerator> {
  const { default: file } = await import('../../weights/high-to-low-generator.safetensors');
  return HighToLowGenerator.load(file);
}
