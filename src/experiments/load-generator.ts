import { HighToLowGenerator } from '../networks/high-to-low-generator.js';
import { loadBundledGenerator } from '../training/bundled-generator.js';

/**
 * Loads G1 from a stage-one run's weights, or the one in this package. The backend must have started; the caller
 * disposes it.
 *
 * @throws WeightsMismatchError when the weights are another network's.
 */
export async function loadGenerator(weights?: Uint8Array): Promise<HighToLowGenerator> {
  return weights ? HighToLowGenerator.load(weights) : loadBundledGenerator();
}
