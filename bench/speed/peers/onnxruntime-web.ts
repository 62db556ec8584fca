/** onnxruntime-web on WebAssembly with SIMD, one thread, in Node. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { env, InferenceSession, Tensor } from 'onnxruntime-web';
import { INPUT, OUTPUT } from '../export-onnx.js';
import { MODEL_FILE } from './protocol.js';
import { serve } from './serve.js';

env.wasm.numThreads = 1;

await serve({
  describe: () => ({ 'onnxruntime-web': env.versions.web ?? env.versions.common }),
  channels: 'first',
  open: async (folder, { shape, data }) => {
    const model = await readFile(join(folder, MODEL_FILE));
    const session = await InferenceSession.create(model, { executionProviders: ['wasm'] });
    return async () => {
      const heatmaps = (await session.run({ [INPUT]: new Tensor('float32', data, shape) }))[OUTPUT]!;
      return { shape: [...heatmaps.dims], data: heatmaps.data as Float32Array };
    };
  },
});
