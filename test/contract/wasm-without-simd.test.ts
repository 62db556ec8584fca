import { expect, vi } from 'vitest';
import { simdState } from '../../src/backends/kernels/simd-install.js';
import { useBackend } from '../../src/backends/use-backend.js';
import { runContract } from './contract.js';
import { holdToContract } from './hold-to-contract.js';
import { readFixtures } from './read-fixtures.js';

// As where the kernels cannot be loaded: what was registered before them stays.
vi.mock('../../src/backends/kernels/simd-install.js', async (original) => ({
  ...(await original<typeof import('../../src/backends/kernels/simd-install.js')>()),
  installSimdKernels: async () => {},
}));

holdToContract("wasm with tfjs's own kernels and compositions of them", async () => {
  const results = await runContract({ name: 'wasm', start: () => useBackend('wasm') }, await readFixtures());
  expect(simdState().kernels).toBe('none');
  return results;
});
