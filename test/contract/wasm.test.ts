import { expect } from 'vitest';
import { simdState } from '../../src/backends/kernels/simd-install.js';
import { useBackend } from '../../src/backends/use-backend.js';
import { runContract } from './contract.js';
import { holdToContract } from './hold-to-contract.js';
import { readFixtures } from './read-fixtures.js';

holdToContract('wasm with SIMD kernels', async () => {
  const results = await runContract({ name: 'wasm', start: () => useBackend('wasm') }, await readFixtures());
  expect(simdState().kernels).toMatch(/simd$/);
  return results;
});
