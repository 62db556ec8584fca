import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { createLandmarkDetector } from '../../src/detect/create-landmark-detector.js';
import { NetworkCropLandmarks } from '../../src/detect/crop-landmarks.js';
import { LandmarkDetector } from '../../src/detect/landmark-detector.js';
import type { LandmarkDetection } from '../../src/detect/types.js';
import { DisposedError, InvalidArgumentError } from '../../src/errors.js';
import type { Box } from '../../src/geometry/box.js';
import type { HeatmapDecoder } from '../../src/heatmaps/decode.js';
import { convertLandmarks, convertScores } from '../../src/landmarks/convert.js';
import { landmarkSchemes } from '../../src/landmarks/schemes.js';
import { expectNoLeak } from '../support/tensors.js';
import { imageOfLights, seeingNetwork } from './seeing-network.js';
import { tinyWeightsFile } from './tiny-weights.js';

function seeingDetector(options: { landmarks?: number; decoder?: HeatmapDecoder; maxPixels?: number } = {}) {
  const { decoder = 'dark', maxPixels = 1e6, ...network } = options;
  const stub = seeingNetwork(network);
  return {
    ...stub,
    detector: new LandmarkDetector({ crops: new NetworkCropLandmarks(stub.network, decoder), maxPixels }),
  };
}

const noise = (width: number, height: number) => ({
  data: Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 7919 + ((i * i) % 251)) % 256),
  width,
  height,
});

/** Boxes in a row, and a light somewhere in each. */
function rowOfFaces(count: number) {
  const boxes: Box[] = Array.from({ length: count }, (_, i) => ({ x: 20 * i, y: 3, width: 20, height: 20 }));
  const lights = boxes.map(({ x, y }, i) => ({ x: x + 6 + (i % 8), y: y + 13 - (i % 5), sigma: 1.5 }));
  return { boxes, lights, image: imageOfLights(20 * count, 26, lights) };
}

describe('LandmarkDetector finds points', () => {
  it('in the image’s own pixels, wherever and however large the box is', async () => {
    const { detector } = seeingDetector();
    const share = fc.double({ min: 0.25, max: 0.75, noNaN: true });
    const place = fc.record({ side: fc.integer({ min: 10, max: 90 }), x: fc.nat(60), y: fc.nat(40) });
    const face = fc.tuple(place, fc.double({ min: 0.7, max: 1.4, noNaN: true }), share, share);
    await fc.assert(
      fc.asyncProperty(face, async ([{ side, x, y }, aspect, right, down]) => {
        const box = { x, y, width: side, height: side * aspect };
        const light = { x: box.x + right * box.width, y: box.y + down * box.height };
        const sigma = Math.max(1, (2 * 1.2 * Math.max(box.width, box.height)) / 32); // 2 pixels of the network's.
        const { points, box: answered } = await detector.detect(imageOfLights(160, 180, [{ ...light, sigma }]), {
          boxes: box,
        });
        expect(answered).toEqual(box);
        const pixel = (1.2 * Math.max(box.width, box.height)) / 32;
        for (const point of points) {
          expect(Math.hypot(point.x - light.x, point.y - light.y)).toBeLessThan(0.05 + 0.1 * pixel);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('at pixel centres, for the whole image as one face', async () => {
    const { detector } = seeingDetector();
    const face = await detector.detect(imageOfLights(24, 20, [{ x: 15, y: 7, sigma: 2 }]));
    expect(face.box).toEqual({ x: 0, y: 0, width: 24, height: 20 });
    expect(face.points[0]!.x).toBeCloseTo(15, 1);
    expect(face.points[0]!.y).toBeCloseTo(7, 1);
  });

  it('scored by the height of the peak, and the face by their mean', async () => {
    const { detector } = seeingDetector();
    const bright = imageOfLights(32, 32, [{ x: 16, y: 16, sigma: 3 }]);
    const dim = { ...bright, data: bright.data.map((value) => value * 0.4) };
    const [strong, weak] = [await detector.detect(bright), await detector.detect(dim)];
    expect(strong.score).toBeGreaterThan(0.95);
    expect(weak.score / strong.score).toBeCloseTo(0.4, 2);
    expect(weak.score).toBeCloseTo(weak.points.reduce((sum, { score }) => sum + score, 0) / 5, 6);
  });

  it('by the decoder of its options', async () => {
    const { detector } = seeingDetector({ decoder: 'argmax' });
    const image = imageOfLights(32, 32, [{ x: 16.3, y: 16, sigma: 3 }]);
    // Argmax knows whole pixels of the network only; the crop is 1.2 times the image.
    const { points } = await detector.detect(image);
    const onGrid = ((points[0]!.x + 0.5 + 3.2) * 32) / 38.4 - 0.5;
    expect(onGrid).toBeCloseTo(Math.round(onGrid), 4);
  });
});

describe('LandmarkDetector returns', () => {
  it('one detection for one box or none, and an array for an array, even an empty one', async () => {
    const { detector } = seeingDetector();
    const { image, boxes } = rowOfFaces(2);
    const one = await detector.detect(image, { boxes: boxes[0] });
    const none = await detector.detect(image);
    const several = await detector.detect(image, { boxes });
    expectTypeOf(one).toEqualTypeOf<LandmarkDetection>();
    expectTypeOf(none).toEqualTypeOf<LandmarkDetection>();
    expectTypeOf(several).toEqualTypeOf<LandmarkDetection[]>();
    const open: Box | readonly Box[] | undefined = boxes as Box[] | undefined;
    expectTypeOf(detector.detect(image, { boxes: open as Box | readonly Box[] | undefined })).toEqualTypeOf<
      Promise<LandmarkDetection | LandmarkDetection[]>
    >();
    expect(several).toHaveLength(2);
    expect(several[0]).toEqual(one);
    expect(await detector.detect(image, { boxes: [boxes[0]!] })).toEqual([one]);
    expect(await detector.detect(image, { boxes: [] })).toEqual([]);
  });

  it('plain objects, which can be cloned and written as JSON', async () => {
    const { detector } = seeingDetector();
    const face = await detector.detect(noise(20, 20), { boxes: { x: 1, y: 2, width: 9, height: 9 } });
    expect(structuredClone(face)).toEqual(face);
    expect(JSON.parse(JSON.stringify(face))).toEqual(face);
    expect(Object.keys(face)).toEqual(['box', 'scheme', 'points', 'score']);
    expect(Object.keys(face.points[0]!)).toEqual(['x', 'y', 'score', 'name']);
  });

  it('detections in the order of the boxes, for more faces than one pass', async () => {
    const { detector, apply } = seeingDetector();
    const { image, boxes, lights } = rowOfFaces(70);
    const faces = await detector.detect(image, { boxes });
    expect(apply.mock.calls.map(([batch]) => batch.shape[0])).toEqual([32, 32, 6]);
    expect(faces.map(({ box }) => box)).toEqual(boxes);
    faces.forEach(({ points }, index) => {
      expect(Math.hypot(points[0]!.x - lights[index]!.x, points[0]!.y - lights[index]!.y)).toBeLessThan(0.2);
    });
  });

  it('the same for a batch of images as for each alone', async () => {
    const detector = await createLandmarkDetector({ weights: await tinyWeightsFile({ landmarks: 5 }) });
    const images = [
      { image: noise(30, 30), boxes: [{ x: 1, y: 1, width: 10, height: 12 }, { x: 12, y: 9, width: 14, height: 14 }] },
      { image: noise(9, 12), boxes: [] },
      { image: noise(16, 10) },
      { image: noise(25, 20), boxes: { x: 4, y: 4, width: 12, height: 12 } },
    ]; // biome-ignore format: a table.
    const batch = await detector.detectBatch(images);
    expect(batch.map(({ length }) => length)).toEqual([2, 0, 1, 1]);
    for (const [index, { image, boxes }] of images.entries()) {
      const alone = [await detector.detect(image, { boxes: boxes as Box[] })].flat();
      batch[index]!.forEach((face, i) => {
        expect(face.box).toEqual(alone[i]!.box);
        face.points.forEach((point, p) => {
          expect(Math.hypot(point.x - alone[i]!.points[p]!.x, point.y - alone[i]!.points[p]!.y)).toBeLessThan(1e-3);
        });
      });
    }
    expect(await detector.detectBatch([])).toEqual([]);
    detector.dispose();
  });

  it('68, 19 or 5 points: converted, named, scored', async () => {
    const detector = await createLandmarkDetector({ weights: await tinyWeightsFile({ landmarks: 68 }) });
    const image = noise(20, 20);
    const all = await detector.detect(image);
    expect(all.scheme).toBe(68);
    expect(all.points).toHaveLength(68);
    for (const scheme of [68, 19, 5] as const) {
      const face = await detector.detect(image, { points: scheme });
      expect(face.scheme).toBe(scheme);
      expect(face.points.map(({ name }) => name)).toEqual(landmarkSchemes[scheme].names);
      expect(face.points.map(({ x, y }) => ({ x, y }))).toEqual(convertLandmarks(all.points, 68, scheme));
      const scores = all.points.map(({ score }) => score);
      expect(face.points.map(({ score }) => score)).toEqual(convertScores(scores, 68, scheme));
    }
    detector.dispose();
  });

  it('the points of its network, unless asked for fewer', async () => {
    const { detector } = seeingDetector({ landmarks: 19 });
    expect((await detector.detect(noise(9, 9))).scheme).toBe(19);
    expect((await detector.detect(noise(9, 9), { points: 5 })).scheme).toBe(5);
    const refused = detector.detect(noise(9, 9), { points: 68 });
    await expect(refused).rejects.toThrow(InvalidArgumentError);
    await expect(refused).rejects.toThrow('has 19 points: ask for 19, 5');
  });
});

describe('LandmarkDetector stops', () => {
  it('before it begins when its signal is already aborted', async () => {
    const { detector, apply } = seeingDetector();
    const reason = new Error('not needed any more');
    await expect(detector.detect(noise(9, 9), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(apply).not.toHaveBeenCalled();
  });

  it('between batches when aborted, without a leak', async () => {
    const { detector, apply } = seeingDetector();
    const { image, boxes } = rowOfFaces(70);
    const controller = new AbortController();
    const stub = apply.getMockImplementation()!;
    apply.mockImplementation((faces) => {
      controller.abort();
      return stub(faces);
    });
    await expectNoLeak(async () => {
      await expect(detector.detect(image, { boxes, signal: controller.signal })).rejects.toThrow(
        expect.objectContaining({ name: 'AbortError' }),
      );
    });
    expect(apply).toHaveBeenCalledTimes(1);
  });

  it('when it is disposed, also under way; disposing twice is allowed', async () => {
    const { detector, apply, dispose } = seeingDetector();
    const underWay = detector.detect(noise(9, 9));
    detector.dispose();
    detector.dispose();
    expect(dispose).toHaveBeenCalledTimes(1);
    await expect(underWay).rejects.toThrow(DisposedError);
    await expect(detector.detect(noise(9, 9))).rejects.toThrow(DisposedError);
    await expect(detector.detectBatch([])).rejects.toThrow(DisposedError);
    await expect(detector.warmup()).rejects.toThrow(DisposedError);
    expect(apply).not.toHaveBeenCalled();
  });

  it('at the end of its scope with `using`', async () => {
    const { detector, dispose } = seeingDetector();
    {
      using scoped = detector;
      await scoped.detect(noise(9, 9));
    }
    expect(dispose).toHaveBeenCalledTimes(1);
  });
});

describe('LandmarkDetector warms up', () => {
  it('with one pass of the network, leaving nothing', async () => {
    const { detector, apply } = seeingDetector();
    await expectNoLeak(() => detector.warmup());
    expect(apply.mock.calls.map(([batch]) => batch.shape)).toEqual([[1, 32, 32, 3]]);
    expect(tf.getBackend()).toBe('wasm');
  });
});
