import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { simdState } from '../../src/backends/kernels/simd-install.js';
import { type BackendName, useBackend } from '../../src/backends/use-backend.js';
import { runContract } from '../contract/contract.js';
import type { ContractFixtures, ContractResult } from '../contract/contract-types.js';

/** What the page fetches; pixels are a plain list there. */
async function fetchFixtures(): Promise<ContractFixtures> {
  const [json, weights] = await Promise.all([fetch('/fixtures.json'), fetch('/weights')]);
  const { faces, reference } = (await json.json()) as ContractFixtures;
  return {
    weights: new Uint8Array(await weights.arrayBuffer()),
    faces: faces.map((face) => ({ ...face, image: { ...face.image, data: Uint8Array.from(face.image.data) } })),
    reference,
  };
}

async function holdToContract(name: BackendName): Promise<ContractResult[]> {
  setWasmPaths('/wasm/');
  const results = await runContract({ name, start: () => useBackend(name) }, await fetchFixtures());
  if (name === 'wasm' && simdState().kernels === 'none') throw new Error(`No SIMD kernels: ${simdState().why}`);
  return results;
}

Object.assign(globalThis, { holdToContract });
