/**
 * tfjs-backend-wasm as npm has it, without any kernel of this library: those are registered for a whole process, so this is one of
 * its own. It runs detection's network, which consists of tfjs's own operations.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-wasm';
import { FoldedHeatmapUNet } from '../../../src/detect/folded-heatmap-unet.js';
import { decodeWeightsFile } from '../../../src/formats/weights-file.js';
import { applyFolded } from '../folded.js';
import { WEIGHTS_FILE } from './protocol.js';
import { serve } from './serve.js';

const BACKEND = 'wasm';
if (!(await tf.setBackend(BACKEND))) throw new Error('The wasm backend did not start.');
const stock = tf.getKernelsForBackend(BACKEND);

await serve({
  describe: () => ({ tfjs: tf.version_core }),
  channels: 'last',
  open: async (folder, faces) => {
    const network = new FoldedHeatmapUNet(decodeWeightsFile(await readFile(join(folder, WEIGHTS_FILE))));
    await applyFolded(network, faces);
    assertStock();
    return () => applyFolded(network, faces);
  },
});

/** Fails where the network has brought kernels along. */
function assertStock(): void {
  const own = tf.getKernelsForBackend(BACKEND).filter((kernel) => !stock.includes(kernel));
  if (own.length > 0) throw new Error(`These kernels are not tfjs's own: ${own.map(({ kernelName }) => kernelName)}.`);
}
