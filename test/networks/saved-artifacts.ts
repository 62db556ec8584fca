import type * as tf from '@tensorflow/tfjs-core';
import type { Network } from '../../src/networks/network.js';

/** What a network hands to a tfjs IO handler. */
export async function savedArtifacts(network: Network): Promise<tf.io.ModelArtifacts> {
  const saved: tf.io.ModelArtifacts[] = [];
  await network.save({
    save: async (artifacts) => {
      saved.push(artifacts);
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    },
  });
  return saved[0]!;
}
