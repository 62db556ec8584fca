import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { type BackendName, useBackend } from '../../src/backends/use-backend.js';

/** What the page answers when asked for a backend while wasm is in use. */
export interface RefusedAnswer {
  error?: { name: string; code: string; message: string };
  current: string;
  /** The square of three, computed afterwards. */
  nine: number;
}

async function askFor(name: BackendName): Promise<RefusedAnswer> {
  setWasmPaths('/wasm/');
  await useBackend('wasm');
  const refused = await useBackend(name).then(
    () => ({}),
    ({ name, code, message }) => ({ error: { name, code, message } }),
  );
  return { ...refused, current: tf.getBackend(), nine: (await tf.square(3).data())[0]! };
}

Object.assign(globalThis, { askFor });
