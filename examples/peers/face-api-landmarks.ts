/** What the adapters of face-api's two landmark networks have in common. */
import * as tf from '@tensorflow/tfjs-core';
import type { Box, Point, RgbImage } from 'lowres-landmarks';
import type { LandmarkPredictor } from 'lowres-landmarks/evaluation';
import { cropAndResize, pointFromCrop } from 'lowres-landmarks/training';
import { type FaceApiNetwork, loadFaceApi } from './face-api.js';

/** The side of both networks' input, in pixels. */
const INPUT_SIZE = 112;

/** Which square around a face box a network is shown. */
export interface FaceApiCrop {
  /** How many times as wide as the box's longer side. */
  margin: number;
  /** How far its centre lies below the box's, as a share of the square's side. */
  down: number;
}

/**
 * face-api's landmark networks as a {@link LandmarkPredictor}. face-api hands them the box of one of its detectors, cut at whole pixels
 * and enlarged by tfjs's `resizeBilinear`, which moves a face of 14 pixels by half a pixel, 3 % of its width. Here they are shown a
 * square that this library has resampled without that, at the place that suits them best.
 */
export class FaceApiLandmarks implements LandmarkPredictor {
  readonly scheme = 68;

  constructor(
    readonly name: string,
    private readonly network: FaceApiNetwork,
    private readonly crop: FaceApiCrop,
  ) {}

  static async load(
    name: string,
    network: 'FaceLandmark68Net' | 'FaceLandmark68TinyNet',
    crop: FaceApiCrop,
  ): Promise<FaceApiLandmarks> {
    return new FaceApiLandmarks(name, await loadFaceApi(network), crop);
  }

  async predict(image: RgbImage, { x, y, width, height }: Box): Promise<Point[]> {
    const side = this.crop.margin * Math.max(width, height);
    const square = { left: x + (width - side) / 2, top: y + (height - side) / 2 + this.crop.down * side, side };
    const face = cropAndResize(image, square, INPUT_SIZE);
    const input = tf.tensor3d(Float32Array.from(face.data), [INPUT_SIZE, INPUT_SIZE, 3]);
    let output: tf.Tensor | undefined;
    try {
      output = await this.network.forward([input]);
      const shares = await output.data();
      // A share of the input's side, counted from the first pixel's centre: so it has no bias on training faces, and from its edge it has.
      return Array.from({ length: 68 }, (_, point) =>
        pointFromCrop(
          { x: shares[2 * point]! * INPUT_SIZE, y: shares[2 * point + 1]! * INPUT_SIZE },
          square,
          INPUT_SIZE,
        ),
      );
    } finally {
      tf.dispose([input, ...(output ? [output] : [])]);
    }
  }

  dispose(): void {
    this.network.dispose();
  }
}
