import { readFile } from 'node:fs/promises';
import { InvalidArgumentError } from '../../errors.js';

/**
 * Reads a weights file, for `Network.load` and `createLandmarkDetector({ weights })`.
 *
 * @throws InvalidArgumentError when the file is missing or cannot be read.
 * @example
 * const network = HeatmapUNet.load(await readWeights('run/heatmap-unet.safetensors'));
 */
export function readWeights(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: Error) => {
    throw new InvalidArgumentError(`No weights file at ${path}: train first. ${cause.message}`, { cause });
  });
}
