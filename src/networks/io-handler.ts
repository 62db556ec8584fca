import { io } from '@tensorflow/tfjs-core';
import { InvalidArgumentError, WeightsCorruptError } from '../errors.js';
import type { PlainTensor } from '../formats/safetensors.js';
import { encodeWeightsFile } from '../formats/weights-file.js';

/**
 * Writes a weights file through a tfjs IO handler: IndexedDB, a download, a request.
 *
 * @throws InvalidArgumentError when the handler cannot save, and what the handler throws.
 * @example
 * const [browser] = tf.io.getSaveHandlers('indexeddb://heatmap-unet');
 * await saveToHandler(browser!, await network.save());
 * const same = HeatmapUNet.load(await loadFromHandler(browser!));
 */
export async function saveToHandler(handler: io.IOHandler, file: Uint8Array): Promise<io.SaveResult> {
  if (!handler.save) throw new InvalidArgumentError('This tfjs IO handler can only load; give one that saves.');
  const weightData = file.slice().buffer;
  return handler.save({ format: 'lowres-landmarks', modelTopology: {}, weightSpecs: [], weightData });
}

/**
 * Reads a weights file through a tfjs IO handler, for `HeatmapUNet.load` or `createLandmarkDetector({ weights })`; also
 * what `network.save(handler)` of version 0.1 wrote.
 *
 * @throws InvalidArgumentError when the handler cannot load; WeightsCorruptError when weights are missing or truncated.
 */
export async function loadFromHandler(handler: io.IOHandler): Promise<Uint8Array> {
  if (!handler.load) throw new InvalidArgumentError('This tfjs IO handler can only save; give one that loads.');
  const { modelTopology, weightSpecs = [], weightData } = await handler.load();
  if (!weightData) throw new WeightsCorruptError('The tfjs IO handler loaded no weights; save the network again.');
  const data = io.CompositeArrayBuffer.join(weightData);
  const { network, config } = (modelTopology ?? {}) as { network?: string; config?: object };
  if (network === undefined) return new Uint8Array(data);
  return encodeWeightsFile({ network, config, tensors: readTensors(weightSpecs, data) }, 'F32');
}

function readTensors(specs: readonly io.WeightsManifestEntry[], data: ArrayBuffer): Record<string, PlainTensor> {
  const tensors: Record<string, PlainTensor> = {};
  let offset = 0;
  for (const { name, shape } of specs) {
    const length = shape.reduce((product, dimension) => product * dimension, 1);
    const end = offset + length * Float32Array.BYTES_PER_ELEMENT;
    if (end > data.byteLength) {
      throw new WeightsCorruptError(`The weights end within "${name}": they are truncated. Save the network again.`);
    }
    tensors[name] = { shape, data: new Float32Array(data, offset, length) };
    offset = end;
  }
  return tensors;
}
