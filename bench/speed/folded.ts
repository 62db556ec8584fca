import * as tf from '@tensorflow/tfjs-core';
import type { FoldedHeatmapUNet } from '../../src/detect/folded-heatmap-unet.js';
import type { PlainTensor } from '../../src/formats/safetensors.js';

/** Heatmaps by detection's network on the current backend, read back. */
export async function applyFolded(network: FoldedHeatmapUNet, { shape, data }: PlainTensor): Promise<PlainTensor> {
  const input = tf.tensor4d(data, shape as [number, number, number, number]);
  const heatmaps = network.apply(input);
  const answer = { shape: [...heatmaps.shape], data: await heatmaps.data<'float32'>() };
  tf.dispose([input, heatmaps]);
  return answer;
}
