import { readFile } from 'node:fs/promises';
import { io } from '@tensorflow/tfjs-core';
import { decodeWeightsFile, encodeWeightsFile } from '../../formats/weights-file.js';
import { InvalidArgumentError, WeightsMismatchError } from '../../errors.js';
import { writeFileAtomic } from './atomic-write.js';

/**
 * A weights file as a tfjs IO handler, in single precision: what `network.save` writes to it, `HeatmapUNet.load` and
 * `createLandmarkDetector({ weights })` read.
 *
 * @example
 * await network.save(networkFile('run/network.safetensors'));
 * const same = await HeatmapUNet.load(networkFile('run/network.safetensors'));
 */
export function networkFile(path: string): io.IOHandler {
  return {
    async save({ modelTopology, weightSpecs, weightData }) {
      const { network, config } = (modelTopology ?? {}) as { network?: string; config?: object };
      if (!network || !weightSpecs || !weightData) {
        throw new WeightsMismatchError(`${path} can hold the networks of this library only, not another tfjs model.`);
      }
      const buffer = io.CompositeArrayBuffer.join(weightData);
      let offset = 0;
      const tensors = weightSpecs.map(({ name, shape }) => {
        const length = shape.reduce((product, dimension) => product * dimension, 1);
        const data = new Float32Array(buffer, offset, length);
        offset += data.byteLength;
        return [name, { shape, data }] as const;
      });
      await writeFileAtomic(path, encodeWeightsFile({ network, config, tensors: Object.fromEntries(tensors) }, 'F32'));
      return {
        modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON', weightDataBytes: buffer.byteLength },
      };
    },

    async load() {
      const file = await readFile(path).catch((cause: unknown) => {
        throw new InvalidArgumentError(`${path} cannot be read. Was a network saved there?`, { cause });
      });
      const { network, config, tensors } = decodeWeightsFile(file);
      const entries = Object.entries(tensors);
      return {
        format: 'lowres-landmarks',
        modelTopology: { network, config },
        weightSpecs: entries.map(([name, { shape }]) => ({ name, shape, dtype: 'float32' as const })),
        weightData: entries.map(([, { data }]) => data.buffer as ArrayBuffer),
      };
    },
  };
}
