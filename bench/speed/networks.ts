import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { decodeWeightsFile, type NetworkWeights } from '../../src/formats/weights-file.js';
import { HeatmapUNet } from '../../src/networks/heatmap-unet.js';
import type { HeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';

const BUNDLED = resolve(import.meta.dirname, '../../weights/heatmap-unet-68.safetensors');

/** The network of the given configuration, the paper's by default, as it is before training. Needs a backend. */
export async function untrainedWeights(config: Partial<HeatmapUNetConfig> = {}): Promise<NetworkWeights> {
  using network = new HeatmapUNet(config);
  return decodeWeightsFile(await network.save('F32'));
}

/** The network in the package. */
export async function bundledWeights(): Promise<NetworkWeights> {
  return decodeWeightsFile(await readFile(BUNDLED), 'HeatmapUNet');
}
