import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, describe, expect, expectTypeOf, it, vi } from 'vitest';
import { createLandmarkDetector } from '../../src/detect/create-landmark-detector.js';
import type { LandmarkDetection } from '../../src/detect/types.js';
import { InvalidImageError } from '../../src/errors.js';
import type { Box } from '../../src/geometry/box.js';
import { expectNoLeak, useWasm } from '../support/tensors.js';
import { tinyWeightsFile } from './tiny-weights.js';

const loadBundledWeights = vi.hoisted(() => vi.fn<() => Promise<Uint8Array>>());
vi.mock('../../src/detect/bundled-weights.js', () => ({ loadBundledWeights }));

const image = { data: Uint8Array.from({ length: 400 }, (_, i) => (i * 41) % 256), width: 20, height: 20 };
const box: Box = { x: 2, y: 3, width: 12, height: 11 };

/** The function with no default detector yet. */
async function freshDetect() {
  vi.resetModules();
  return (await import('../../src/detect/detect-landmarks-lr.js')).detectLandmarksLR;
}

beforeAll(async () => {
  await useWasm();
  const weights = await tinyWeightsFile({ landmarks: 68 });
  loadBundledWeights.mockResolvedValue(weights);
});

afterEach(() => {
  loadBundledWeights.mockClear();
});

describe('detectLandmarksLR', () => {
  it('makes one detector with the package’s weights at the first call, and keeps it', async () => {
    const detect = await freshDetect();
    const [one, two] = await Promise.all([detect(image, { boxes: box }), detect(image)]);
    expect(one.points).toHaveLength(68);
    expect(two.box).toEqual({ x: 0, y: 0, width: 20, height: 20 });
    await expectNoLeak(() => detect(image, { points: 5 }));
    expect(loadBundledWeights).toHaveBeenCalledTimes(1);
  });

  it('tries again after the weights failed to load', async () => {
    const detect = await freshDetect();
    loadBundledWeights.mockRejectedValueOnce(new Error('chunk not found'));
    await expect(detect(image)).rejects.toThrow('chunk not found');
    await expect(detect(image)).resolves.toBeDefined();
    expect(loadBundledWeights).toHaveBeenCalledTimes(2);
  });

  it('uses the detector it is given, and does not load the package’s weights', async () => {
    const detect = await freshDetect();
    using detector = await createLandmarkDetector({ weights: await tinyWeightsFile({ landmarks: 19 }) });
    expect((await detect(image, { detector })).scheme).toBe(19);
    expect(await detect(image, { detector, boxes: [box, box], points: 5 })).toEqual(
      await detector.detect(image, { boxes: [box, box], points: 5 }),
    );
    expect(loadBundledWeights).not.toHaveBeenCalled();
  });

  it('returns one detection for one box, an array for an array', async () => {
    const detect = await freshDetect();
    const one = await detect(image, { boxes: box, points: 5 });
    const several = await detect(image, { boxes: [box, box], points: 19 });
    expectTypeOf(one).toEqualTypeOf<LandmarkDetection>();
    expectTypeOf(several).toEqualTypeOf<LandmarkDetection[]>();
    expect([one.scheme, several.length, several[1]!.scheme]).toEqual([5, 2, 19]);
    const either = box as Box | readonly Box[] | undefined;
    expectTypeOf(detect(image, { boxes: either })).toEqualTypeOf<Promise<LandmarkDetection | LandmarkDetection[]>>();
  });

  it('takes tensors, and leaves them to the caller', async () => {
    const detect = await freshDetect();
    const tensor = tf.tensor3d(image.data, [20, 20, 1], 'int32');
    expect(await detect(tensor, { points: 5 })).toEqual(await detect(image, { points: 5 }));
    expect(tensor.isDisposed).toBe(false);
    tensor.dispose();
  });

  it('stops at its signal, and throws the errors of its detector', async () => {
    const detect = await freshDetect();
    await expect(detect(image, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
    const error = await detect('face.png' as never).catch((thrown) => thrown);
    expect(error.name).toBe(InvalidImageError.name);
  });
});
