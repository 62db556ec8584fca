import { decodeWeightsFile, encodeWeightsFile, type NetworkWeights } from '../../src/formats/weights-file.js';
import type { HeatmapUNet } from '../../src/networks/heatmap-unet.js';
import type { HeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';
import { tinyNetwork } from '../networks/tiny-network.js';

/** A network's weights outside of tfjs. */
export async function plainWeights(network: HeatmapUNet): Promise<NetworkWeights> {
  return decodeWeightsFile(await network.save('F32'));
}

/** The weights of a tiny network that was trained on nothing. */
export async function tinyWeights(config: Partial<HeatmapUNetConfig> = {}): Promise<NetworkWeights> {
  using network = tinyNetwork(config);
  return await plainWeights(network);
}

/** {@link tinyWeights} as a file. */
export async function tinyWeightsFile(config: Partial<HeatmapUNetConfig> = {}): Promise<Uint8Array> {
  return encodeWeightsFile(await tinyWeights(config), 'F32');
}
