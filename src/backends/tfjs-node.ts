import * as tf from '@tensorflow/tfjs-core';
import { BackendUnavailableError } from '../errors.js';
import { firstLine, importNativePackage } from './native-package.js';

export type TfjsNode = '@tensorflow/tfjs-node' | '@tensorflow/tfjs-node-gpu';

const needs = (name: TfjsNode): string =>
  `${name} 4.22 needs Node 22 or older (this is ${process.version}) and its native part: npm rebuild ${name} --build-addon-from-source. 'wasm' needs neither.`;

/**
 * Loads tfjs-node, which registers itself as `tensorflow` and becomes the current backend.
 *
 * @throws BackendUnavailableError when it, or its native part, is missing.
 */
export function loadTfjsNode(name: TfjsNode): Promise<unknown> {
  if (typeof process === 'undefined' || !process.versions?.node) {
    throw new BackendUnavailableError(`${name} runs in Node only. Use 'wasm', 'webgl' or 'webgpu'.`);
  }
  return importNativePackage(name, `${name}@4.22`, needs(name));
}

/** @throws BackendUnavailableError when no operation works, as on a Node version that tfjs-node does not support. */
export function assertTfjsNodeComputes(name: TfjsNode): void {
  try {
    tf.tidy(() => tf.add(tf.scalar(1), 1));
  } catch (cause) {
    throw new BackendUnavailableError(`${name} starts, but does not compute: ${firstLine(cause)} ${needs(name)}`, {
      cause,
    });
  }
}
