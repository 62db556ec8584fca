import * as tf from '@tensorflow/tfjs-core';
import type { RgbImage } from '../geometry/rgb-image.js';
import { facesToTensor } from '../images/faces-to-tensor.js';
import type { LightCNN29 } from '../networks/light-cnn.js';
import type { FaceEmbedder } from './face-embedder.js';

/** Uses backends well and fits any memory. */
const BATCH_SIZE = 32;

/**
 * A trained {@link LightCNN29} as a {@link FaceEmbedder}.
 *
 * @example
 * const embedder = new LightCnnEmbedder(LightCNN29.load(await readWeights('run/light-cnn.safetensors')));
 * const embeddings = await embedFaces(embedder, faces);
 * embedder.dispose();
 */
export class LightCnnEmbedder implements FaceEmbedder {
  readonly name: string;
  readonly network: LightCNN29;

  /**
   * @param network Owned by the embedder: {@link LightCnnEmbedder.dispose} frees it.
   * @param name `LightCNN-29` by default.
   */
  constructor(network: LightCNN29, name = 'LightCNN-29') {
    this.network = network;
    this.name = name;
  }

  get inputSize(): number {
    return this.network.config.inputSize;
  }

  /**
   * One vector of `embeddingSize` numbers per face.
   *
   * @throws InvalidArgumentError when the faces are not of the network's size; DisposedError after `dispose()`.
   */
  async embed(faces: readonly RgbImage[]): Promise<Float32Array[]> {
    const vectors: Float32Array[] = [];
    for (let first = 0; first < faces.length; first += BATCH_SIZE) {
      const batch = faces.slice(first, first + BATCH_SIZE);
      const embeddings = tf.tidy(() => this.network.apply(facesToTensor(batch)));
      try {
        const values = Float32Array.from(await embeddings.data());
        const length = values.length / batch.length;
        vectors.push(...batch.map((_, face) => values.subarray(face * length, (face + 1) * length)));
      } finally {
        embeddings.dispose();
      }
    }
    return vectors;
  }

  /** Frees the network. */
  dispose(): void {
    this.network.dispose();
  }
}
