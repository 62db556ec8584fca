import * as tf from '@tensorflow/tfjs-core';
import { InvalidArgumentError } from '../errors.js';

const COLOURS = 3;

/** Input channels of D2 and D3: a face, N landmarks' heatmaps and the background. */
export function channelsOfFacesAndHeatmaps(landmarks: number): number {
  return COLOURS + landmarks + 1;
}

/**
 * Faces and their heatmaps concatenated, colours first. The caller disposes the result.
 *
 * @throws InvalidArgumentError unless they agree in number and size.
 */
export function joinFacesAndHeatmaps(network: string, faces: tf.Tensor4D, heatmaps: tf.Tensor4D): tf.Tensor4D {
  const agree = faces.shape.slice(0, 3).join() === heatmaps.shape.slice(0, 3).join();
  if (agree && faces.rank === 4 && heatmaps.rank === 4) return tf.concat([faces, heatmaps], 3);
  throw new InvalidArgumentError(
    `${network} takes faces [faces, size, size, 3] and as many heatmaps [faces, size, size, N + 1], ` +
      `got [${faces.shape.join(', ')}] and [${heatmaps.shape.join(', ')}].`,
  );
}
