import * as tf from '@tensorflow/tfjs-core';
import { InvalidArgumentError } from '../errors.js';

const COLOURS = 3;

/** Channels of a face with N landmarks' heatmaps and the background: the input of D2 and D3. */
export function channelsOfFacesAndHeatmaps(landmarks: number): number {
  return COLOURS + landmarks + 1;
}

/**
 * A face and its heatmaps as one picture of many channels, the colours first. The caller disposes it.
 *
 * @throws InvalidArgumentError when they are not batches of as many pictures of the same size.
 */
export function joinFacesAndHeatmaps(network: string, faces: tf.Tensor4D, heatmaps: tf.Tensor4D): tf.Tensor4D {
  const agree = faces.rank === 4 && faces.shape.slice(0, 3).join() === heatmaps.shape.slice(0, 3).join();
  if (!agree || heatmaps.rank !== 4) {
    throw new InvalidArgumentError(
      `${network} takes faces [faces, size, size, 3] and as many heatmaps [faces, size, size, N + 1], got [${faces.shape.join(', ')}] and [${heatmaps.shape.join(', ')}].`,
    );
  }
  return tf.concat([faces, heatmaps], 3);
}
