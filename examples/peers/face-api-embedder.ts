/**
 * face-api's face recognition network (vladmandic's face-api, MIT; 6.4 MB of weights, those of dlib's ResNet): 128 numbers a face.
 *
 * Faces aligned to ArcFace's template are shown to it as face-api would cut them. On one frame each of up to three videos of 75 people of
 * YouTube Faces (225 pairs of one person, both in different videos), the area under the curve of the cosines is 0.987, with a nearest
 * neighbour of the same person in 88 %; for faces shrunk to 24 pixels 0.979 and 76 %. Squares up to 5 % larger, smaller, higher or lower are as
 * good (0.985 to 0.989). The whole aligned face, 14 % larger and reaching up to the hair, is not: 0.887 and 49 %.
 */
import * as tf from '@tensorflow/tfjs-core';
import type { RgbImage } from 'lowres-landmarks';
import type { FaceEmbedder } from 'lowres-landmarks/evaluation';
import { cropAndResize } from 'lowres-landmarks/training';
import { type FaceApiNetwork, loadFaceApi } from './face-api.js';

/** The side of the network's input, in pixels. */
const INPUT_SIZE = 150;
/**
 * The square of an aligned face that the network is shown, in shares of the aligned face's side. It is the one that face-api cuts around
 * eyes and mouth (centred on them, 0.43 of its side below its top, 0.45 of it from eyes to mouth) where ArcFace's template has them; so it
 * reaches 8 % below the aligned face, where the border is repeated.
 */
const CROP = { left: 0.0607, top: 0.2036, side: 0.8795 };
/** Faces per run: more take more memory and no less time. */
const BATCH = 16;

export class FaceApiEmbedder implements FaceEmbedder {
  readonly name = 'face-api recognition';
  /** Of an aligned face of this size, the square that the network is shown has about as many pixels as it takes. */
  readonly inputSize = 168;

  constructor(private readonly network: FaceApiNetwork) {}

  async embed(faces: readonly RgbImage[]): Promise<Float32Array[]> {
    const embeddings: Float32Array[] = [];
    for (let first = 0; first < faces.length; first += BATCH) {
      embeddings.push(...(await this.embedBatch(faces.slice(first, first + BATCH))));
    }
    return embeddings;
  }

  dispose(): void {
    this.network.dispose();
  }

  private async embedBatch(faces: readonly RgbImage[]): Promise<Float32Array[]> {
    const inputs = faces.map((face) => {
      const { left, top, side } = CROP;
      const square = { left: left * face.width, top: top * face.width, side: side * face.width };
      const { data } = cropAndResize(face, square, INPUT_SIZE);
      return tf.tensor3d(Float32Array.from(data), [INPUT_SIZE, INPUT_SIZE, 3]);
    });
    let output: tf.Tensor | undefined;
    try {
      output = await this.network.forward(inputs);
      const values = (await output.data()) as Float32Array;
      const length = output.shape[1]!;
      return faces.map((_, face) => values.slice(face * length, (face + 1) * length));
    } finally {
      tf.dispose([...inputs, ...(output ? [output] : [])]);
    }
  }
}

export default async (): Promise<FaceApiEmbedder> => new FaceApiEmbedder(await loadFaceApi('FaceRecognitionNet'));
