import { resolve } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../src/backends/use-backend.js';
import { createLandmarkDetector } from '../../src/detect/create-landmark-detector.js';
import type { LandmarkDetector } from '../../src/detect/landmark-detector.js';
import { facesPerPass, PooledCropLandmarks } from '../../src/detect/pooled-crop-landmarks.js';
import { BackendCapabilityError, DisposedError, InvalidArgumentError, InvalidBoxError } from '../../src/errors.js';
import { decodeWeightsFile, encodeWeightsFile } from '../../src/formats/weights-file.js';
import { runNode } from '../support/node-process.js';
import { expectNoLeak, useCpu, useWasm } from '../support/tensors.js';
import { threadCount } from '../support/threads.js';
import { tinyWeightsFile } from './tiny-weights.js';

const image = {
  data: Uint8Array.from({ length: 300 * 200 * 3 }, (_, i) => (i * 7919 + ((i * i) % 251)) % 256),
  width: 300,
  height: 200,
};
const faces = (count: number) =>
  Array.from({ length: count }, (_, i) => ({ x: (i * 17) % 280, y: (i * 31) % 180, width: 12 + (i % 9), height: 15 }));

describe('facesPerPass', () => {
  it.each([
    [1, 2, 1],
    [2, 2, 1],
    [5, 2, 3],
    [32, 2, 16],
    [64, 2, 32],
    [65, 2, 17],
    [256, 2, 32],
    [256, 3, 29],
    [0, 2, 1],
  ])(
    'of %i faces on %i workers is %i: never over 32, and equally many passes for each worker',
    (count, workers, size) => {
      expect(facesPerPass(count, workers)).toBe(size);
      expect(Math.ceil(count / size)).toBeLessThanOrEqual(workers * Math.ceil(count / (32 * workers)));
    },
  );
});

describe('a detector with workers', { timeout: 60_000 }, () => {
  let weights: Uint8Array;
  let alone: LandmarkDetector;
  let pooled: LandmarkDetector;

  beforeAll(async () => {
    await useWasm();
    weights = await tinyWeightsFile({ landmarks: 68, widths: [8, 16] });
    alone = await createLandmarkDetector({ weights });
    pooled = await createLandmarkDetector({ weights, workers: 2 });
  });
  afterAll(async () => {
    alone.dispose();
    await pooled[Symbol.asyncDispose]();
    expect(threadCount()).toBe(0);
  });

  it('has as many threads', () => expect(threadCount()).toBe(2));

  it.each([64, 256])('gives bit for bit the results of one without for %i faces, in order', async (count) => {
    const boxes = faces(count);
    expect(await pooled.detect(image, { boxes })).toEqual(await alone.detect(image, { boxes }));
  });

  it.each([0, 1, 2, 5, 33, 70])('gives the results of one without for %i faces of several images', async (count) => {
    const images = [{ image, boxes: faces(count) }, { image }, { image, boxes: [] }, { image, boxes: faces(3) }];
    const [found, expected] = [
      await pooled.detectBatch(images, { points: 5 }),
      await alone.detectBatch(images, { points: 5 }),
    ];
    expect(found.map(({ length }) => length)).toEqual([count, 1, 0, 3]);
    const points = (all: typeof found) => all.flat().flatMap((face) => face.points);
    points(found).forEach((point, i) => {
      const other = points(expected)[i]!;
      expect(point.name).toBe(other.name);
      expect(Math.hypot(point.x - other.x, point.y - other.y)).toBeLessThan(1e-3);
    });
  });

  it('serves several calls at once', async () => {
    const calls = Array.from({ length: 6 }, (_, i) => ({ image, boxes: faces(10 + i) }));
    const found = await Promise.all(calls.map((call) => pooled.detectBatch([call])));
    expect(found.map(([boxes]) => boxes!.length)).toEqual([10, 11, 12, 13, 14, 15]);
  });

  it('refuses the same inputs as one without, and makes no tensor in this thread', () =>
    expectNoLeak(async () => {
      await pooled.warmup();
      await expect(pooled.detect(image, { boxes: { x: 900, y: 0, width: 5, height: 5 } })).rejects.toThrow(
        InvalidBoxError,
      );
      await expect(pooled.detect(image, { points: 7 as never })).rejects.toThrow(InvalidArgumentError);
    }));

  it('stops when the signal aborts, and works again afterwards', async () => {
    const controller = new AbortController();
    const stopped = pooled.detect(image, { boxes: faces(2000), signal: controller.signal });
    setTimeout(() => controller.abort(new Error('enough')), 1);
    await expect(stopped).rejects.toThrow('enough');
    await expect(pooled.detect(image, { boxes: faces(3), signal: AbortSignal.abort() })).rejects.toThrow('aborted');
    expect(await pooled.detect(image, { boxes: faces(3) })).toHaveLength(3);
  });

  it('checks before each pass whether to go on, and starts none after that throws', async () => {
    const crops = await PooledCropLandmarks.open(decodeWeightsFile(weights), 'dark', 2);
    const size = crops.inputSize;
    const blank = { data: new Float32Array(size * size * 3), width: size, height: size };
    let asked = 0;
    const proceed = () => {
      if (++asked === 3) throw new Error('enough');
    };
    // 20 passes; the other thread asks once more at most.
    await expect(crops.find(Array(640).fill(blank), proceed)).rejects.toThrow('enough');
    await crops.find([blank, blank], () => {});
    expect([3, 4]).toContain(asked);
    await crops.dispose();
  });

  it('fails a detection under way when disposed, and ends its threads', async () => {
    const detector = await createLandmarkDetector({ weights, workers: 2 });
    expect(threadCount()).toBe(4);
    const cut = detector.detect(image, { boxes: faces(200) });
    detector.dispose();
    await expect(cut).rejects.toThrow(DisposedError);
    await expect(detector.detect(image)).rejects.toThrow('This detector was disposed');
    await detector[Symbol.asyncDispose]();
    expect(threadCount()).toBe(2);
  });

  it('uses the kernels of this thread, so that results are the same without SIMD too', async () => {
    const boxes = faces(64);
    const withSimd = await alone.detect(image, { boxes });
    await useBackend('wasm', { simd: false });
    try {
      await using detector = await createLandmarkDetector({ weights, workers: 2 });
      const without = await alone.detect(image, { boxes });
      expect(await detector.detect(image, { boxes })).toEqual(without);
      expect(without, 'the kernels differ in the last bits').not.toEqual(withSimd);
    } finally {
      await useWasm();
    }
  });

  it('works on the cpu backend', async () => {
    await useCpu();
    try {
      await using detector = await createLandmarkDetector({ weights, workers: 2 });
      expect(await detector.detect(image, { boxes: faces(3) })).toHaveLength(3);
    } finally {
      await useWasm();
    }
  });

  it('refuses weights that do not fit, and leaves no thread running', async () => {
    const { tensors, ...rest } = decodeWeightsFile(weights);
    const { 'heatmaps/bias': _, ...others } = tensors;
    const creation = createLandmarkDetector({ weights: encodeWeightsFile({ ...rest, tensors: others }), workers: 2 });
    await expect(creation).rejects.toMatchObject({ code: 'WEIGHTS_MISMATCH' });
    expect(threadCount()).toBe(2);
  });

  it.each([0, 1.5, '2' as never])('refuses workers: %s', async (workers) => {
    await expect(createLandmarkDetector({ weights, workers })).rejects.toThrow(InvalidArgumentError);
  });

  it('refuses a backend that does not run in threads', async () => {
    tf.registerBackend('pretended-gpu', () => Object.assign(new tf.KernelBackend(), { dispose: () => {} }));
    await tf.setBackend('pretended-gpu');
    try {
      await expect(createLandmarkDetector({ weights, workers: 2 })).rejects.toThrow(BackendCapabilityError);
    } finally {
      await useWasm();
      tf.removeBackend('pretended-gpu');
    }
  });

  it('refuses workers in a browser', async () => {
    const { process: real } = globalThis;
    Object.assign(globalThis, { process: undefined });
    try {
      const refused = createLandmarkDetector({ weights, workers: 2 }).catch((error: unknown) => error);
      const error = await refused;
      expect(error).toBeInstanceOf(InvalidArgumentError);
      expect((error as Error).message).toContain("Node's worker threads");
    } finally {
      Object.assign(globalThis, { process: real });
    }
  });
});

it('a program whose detector was not disposed ends by itself', { timeout: 60_000 }, async () => {
  const script = resolve(import.meta.dirname, 'undisposed-detector.fixture.ts');
  const { code, stdout } = await runNode(script, [], { timeout: 50_000 });
  expect(code).toBe(0);
  expect(stdout).toBe('4 faces\n');
});
