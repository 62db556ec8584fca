import * as tf from '@tensorflow/tfjs-core';
import type { Point } from '../geometry/point.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import { decodeHeatmaps } from '../heatmaps/decode.js';
import { facesToTensor } from '../images/faces-to-tensor.js';
import type { HeatmapUNet } from '../networks/heatmap-unet.js';
import { giveTurn } from '../turns.js';

const BATCH_SIZE = 32;

/** G2's landmarks of faces of its input size, in their pixels. */
export async function predictLandmarks(network: HeatmapUNet, faces: readonly RgbImage[]): Promise<Point[][]> {
  const points: Point[][] = [];
  for (let first = 0; first < faces.length; first += BATCH_SIZE) {
    await giveTurn();
    const images = facesToTensor(faces.slice(first, first + BATCH_SIZE));
    const heatmaps = network.apply(images);
    try {
      points.push(...(await decodeHeatmaps(heatmaps)).map((face) => face.map(({ x, y }) => ({ x, y }))));
    } finally {
      tf.dispose([images, heatmaps]);
    }
  }
  return points;
}
