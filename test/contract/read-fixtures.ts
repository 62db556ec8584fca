import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Box } from '../../src/geometry/box.js';
import { readImage } from '../../src/node/images/read-image.js';
import type { ContractFixtures } from './contract-types.js';

const root = resolve(import.meta.dirname, '../..');

/** Where the reference is committed; `npx tsx test/contract/reference.fixture.ts` measures it anew. */
export const REFERENCE_FILE = resolve(import.meta.dirname, 'wasm-reference.json');

/** The bundled weights and the faces of the examples. */
export async function readInputs(): Promise<Pick<ContractFixtures, 'weights' | 'faces'>> {
  const folder = resolve(root, 'examples/faces');
  const boxes = JSON.parse(await readFile(resolve(folder, 'boxes.json'), 'utf8')) as Record<string, [Box]>;
  const faces = Object.entries(boxes).map(async ([name, [box]]) => ({
    name,
    box,
    image: await readImage(resolve(folder, name)),
  }));
  return {
    weights: new Uint8Array(await readFile(resolve(root, 'weights/heatmap-unet-68.safetensors'))),
    faces: await Promise.all(faces),
  };
}

/** Everything the contract's checks need. */
export async function readFixtures(): Promise<ContractFixtures> {
  return { ...(await readInputs()), reference: JSON.parse(await readFile(REFERENCE_FILE, 'utf8')) };
}
