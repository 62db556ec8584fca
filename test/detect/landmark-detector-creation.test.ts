import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import type { BackendName } from '../../src/backends/use-backend.js';
import { createLandmarkDetector } from '../../src/detect/create-landmark-detector.js';
import {
  BackendUnavailableError,
  InvalidArgumentError,
  WeightsCorruptError,
  WeightsMismatchError,
} from '../../src/errors.js';
import { encodeWeightsFile } from '../../src/formats/weights-file.js';
import { tinyConfig } from '../networks/tiny-network.js';
import { expectNoLeak, useWasm } from '../support/tensors.js';
import { tinyWeights, tinyWeightsFile } from './tiny-weights.js';

const image = { data: Uint8Array.from({ length: 300 }, (_, i) => (i * 37) % 256), width: 10, height: 10 };

describe('createLandmarkDetector', () => {
  it('loads a weights file, and frees everything when disposed', async () => {
    const weights = await tinyWeightsFile({ landmarks: 19 });
    await expectNoLeak(async () => {
      using detector = await createLandmarkDetector({ weights });
      expect((await detector.detect(image)).points).toHaveLength(19);
    });
  });

  it('keeps the current backend, or starts the one asked for', async () => {
    const weights = await tinyWeightsFile({ landmarks: 5 });
    using kept = await createLandmarkDetector({ weights });
    expect(tf.getBackend()).toBe('wasm');
    const onWasm = await kept.detect(image);
    using onCpu = await createLandmarkDetector({ weights, backend: 'cpu' });
    expect(tf.getBackend()).toBe('cpu');
    const { points } = await onCpu.detect(image);
    points.forEach(({ x, y }, index) => {
      expect(Math.hypot(x - onWasm.points[index]!.x, y - onWasm.points[index]!.y)).toBeLessThan(1e-2);
    });
    await useWasm();
  });

  it('makes independent detectors', async () => {
    const weights = await tinyWeightsFile({ landmarks: 5 });
    const [one, other] = await Promise.all([createLandmarkDetector({ weights }), createLandmarkDetector({ weights })]);
    one.dispose();
    await expect(other.detect(image)).resolves.toBeDefined();
    other.dispose();
  });

  it('detects about the same from weights in half and single precision', async () => {
    const weights = await tinyWeights({ landmarks: 5 });
    using half = await createLandmarkDetector({ weights: encodeWeightsFile(weights, 'F16') });
    using single = await createLandmarkDetector({ weights: encodeWeightsFile(weights, 'F32') });
    const [a, b] = [await half.detect(image), await single.detect(image)];
    expect(Math.abs(a.score - b.score)).toBeLessThan(0.01);
  });

  const damaged = (file: Uint8Array) => {
    const copy = Uint8Array.from(file);
    copy[copy.length - 100]! ^= 1;
    return copy;
  };
  const spoiled = async (changes: object) =>
    encodeWeightsFile({ ...(await tinyWeights({ landmarks: 5 })), ...changes });

  it.each<[string, () => unknown, new (message: string) => Error, string]>([
    ['a path', () => 'weights.safetensors', InvalidArgumentError, 'Uint8Array'],
    ['an ArrayBuffer', () => new ArrayBuffer(8), InvalidArgumentError, 'Uint8Array'],
    ['an empty file', () => new Uint8Array(0), WeightsCorruptError, '0 bytes'],
    ['an image file', () => Uint8Array.from({ length: 99 }, (_, i) => 0x89 ^ i), WeightsCorruptError, 'safetensors'],
    ['half a file', async () => (await tinyWeightsFile()).subarray(0, 9000), WeightsCorruptError, 'truncated'],
    ['a file with one bit changed', async () => damaged(await tinyWeightsFile()), WeightsCorruptError, 'checksum'],
    [
      'another network’s',
      () => spoiled({ network: 'LowResDiscriminator' }),
      WeightsMismatchError,
      'LowResDiscriminator',
    ],
    ['those of 2 landmarks', () => tinyWeightsFile({ landmarks: 2 }), WeightsMismatchError, '2 landmarks'],
    [
      'those of another width than configured',
      () => spoiled({ config: { ...tinyConfig, landmarks: 5, widths: [4, 4] } }),
      WeightsMismatchError,
      'encoder2_block1_conv1/kernel',
    ],
  ])('refuses %s for weights, and allocates nothing', async (_, make, kind, says) => {
    const weights = (await make()) as Uint8Array;
    await expectNoLeak(async () => {
      const error = await createLandmarkDetector({ weights }).catch((thrown) => thrown);
      expect(error).toBeInstanceOf(kind);
      expect(error.message).toContain(says);
    });
  });

  it('throws the error of the backend', async () => {
    const weights = await tinyWeightsFile({ landmarks: 5 });
    const create = (backend: string) => createLandmarkDetector({ weights, backend: backend as BackendName });
    await expectNoLeak(async () => {
      await expect(create('gpu')).rejects.toThrow(InvalidArgumentError);
      await expect(create('node')).rejects.toThrow(BackendUnavailableError);
    });
  });
});
