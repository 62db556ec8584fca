import { HighToLowGenerator } from '../networks/high-to-low-generator.js';

/**
 * G1 as this package has it, so that stage two can be tried without stage one: of the `small` preset, trained on 300-W
 * and real low-resolution faces. `weights/high-to-low-generator.md` says how close to real faces it comes. The backend
 * must have started; the caller disposes it.
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
