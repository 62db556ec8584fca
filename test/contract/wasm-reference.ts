import { useBackend } from '../../src/backends/use-backend.js';
import type { ContractFixtures } from './contract-types.js';
import { detectFaces, type FacePoints, largestDistance } from './detect-faces.js';
import { relativeDifferences, type TrainingResult, trainSmallNetwork } from './train-small-network.js';

/** What wasm answers: what other backends are compared with. */
export interface WasmReference {
  points: FacePoints;
  training: TrainingResult;
}

/**
 * Measures the reference on wasm, and again on cpu, whose kernels are other code by other people.
 *
 * @throws Error where the two differ by more than rounding: then one of them is wrong.
 */
export async function measureReference(fixtures: Pick<ContractFixtures, 'weights' | 'faces'>): Promise<WasmReference> {
  await useBackend('cpu');
  const cpu = { points: await detectFaces(fixtures), training: await trainSmallNetwork(5) };
  await useBackend('wasm');
  const wasm = { points: await detectFaces(fixtures), training: await trainSmallNetwork(5) };
  const apart = {
    points: largestDistance(wasm.points, cpu.points),
    ...relativeDifferences(wasm.training, cpu.training),
  };
  if (!(apart.points < 0.005 && apart.losses < 1e-4 && apart.heatmaps < 1e-4)) {
    throw new Error(`wasm and cpu disagree: ${JSON.stringify(apart)}`);
  }
  return wasm;
}
