import * as tf from '@tensorflow/tfjs-core';
import { channelsOfFacesAndHeatmaps, joinFacesAndHeatmaps } from './faces-and-heatmaps.js';
import { HeatmapUNet } from './heatmap-unet.js';
import { type HeatmapUNetConfig, resolveHeatmapUNetConfig } from './heatmap-unet-config.js';
import type { ApplyOptions } from './network.js';

/** As for `HeatmapUNet`; the input channels follow from the landmarks. */
export type BeganHeatmapDiscriminatorConfig = Omit<HeatmapUNetConfig, 'inputChannels'>;

/**
 * D2 (section 3.2.2): an autoencoder of heatmaps after BEGAN, built like G2. It learns to reconstruct ground-truth
 * heatmaps well and G2's badly (Eqs. 5-7); its error on G2's is l_kp, a loss of G2 (Eq. 11).
 *
 * Input: faces `[faces, 32, 32, 3]` in -1..1 and heatmaps `[faces, 32, 32, N + 1]`. Output: the reconstructed heatmaps.
 *
 * @throws InvalidArgumentError for a wrong setting, naming the nearest valid input size.
 * @example
 * const discriminator = new BeganHeatmapDiscriminator({ landmarks: 19 });
 * const reconstruction = discriminator.reconstruct(heatmaps, faces, { training: true });
 */
export class BeganHeatmapDiscriminator extends HeatmapUNet {
  static override readonly kind: string = 'BeganHeatmapDiscriminator';

  constructor(config: Partial<BeganHeatmapDiscriminatorConfig> = {}) {
    const resolved = resolveHeatmapUNetConfig(config, 'BeganHeatmapDiscriminator');
    super({ ...resolved, inputChannels: channelsOfFacesAndHeatmaps(resolved.landmarks) });
  }

  /**
   * D2(H, I), of the heatmaps' shape. The caller disposes it.
   *
   * @throws InvalidArgumentError when heatmaps and faces differ in number or size, or are not of the network's size.
   */
  reconstruct(heatmaps: tf.Tensor4D, faces: tf.Tensor4D, options?: ApplyOptions): tf.Tensor4D {
    return tf.tidy(() => this.apply(joinFacesAndHeatmaps(this.constructor.name, faces, heatmaps), options));
  }
}
