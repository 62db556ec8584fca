import { readFile } from 'node:fs/promises';
import { InvalidArgumentError } from '../../errors.js';

/**
 * Reads a weights file, for `Network.load` and `createLandmarkDetector({ weights })`.
 *
 * @throws InvalidArgumentError when there is no such file, or it cannot be read.
 * @example
 * const network = HeatmapUNet.load(await readWeights('run/heatmap-unet.safetensors'));
 */
export function readWeights(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: unknown) => {
    throw new InvalidArgumentError(`${path} cannot be read. Was a network saved there?`, { cause });
  });
}
