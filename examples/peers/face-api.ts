/** Loads networks of vladmandic's face-api (MIT) into the tfjs and onto the backend that this library uses. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as tf from '@tensorflow/tfjs-core';
import { packageFolder } from './package-models.js';

const PACKAGE = '@vladmandic/face-api';

/** The part of face-api's networks that the adapters use. (Its own types bring copies of tfjs's, which do not match tfjs's.) */
export interface FaceApiNetwork {
  loadFromDisk(folder: string): Promise<void>;
  /** One row of results per image of 0..255, `[height, width, 3]`. */
  forward(images: tf.Tensor3D[]): Promise<tf.Tensor2D>;
  dispose(): void;
}

type NetworkName = 'FaceLandmark68Net' | 'FaceLandmark68TinyNet' | 'FaceRecognitionNet';

/**
 * A network with its weights, which are in the package. Of face-api's builds the one for Node with wasm is taken: it alone asks for tfjs's
 * CommonJS modules, as Node does when this library imports tfjs, so that there is one tfjs; and it needs no canvas for tensors.
 */
export async function loadFaceApi(name: NetworkName): Promise<FaceApiNetwork> {
  const require = createRequire(import.meta.url);
  const faceApi: Record<NetworkName, new () => FaceApiNetwork> = require(`${PACKAGE}/dist/face-api.node-wasm.js`);
  const network = new faceApi[name]();
  await network.loadFromDisk(join(packageFolder(PACKAGE), 'model'));
  return network;
}
