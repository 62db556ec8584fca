import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createLandmarkDetector } from '../../src/detect/create-landmark-detector.js';
import { NetworkCropLandmarks } from '../../src/detect/crop-landmarks.js';
import { LandmarkDetector } from '../../src/detect/landmark-detector.js';
import {
  ImageTooLargeError,
  InvalidArgumentError,
  InvalidBoxError,
  InvalidImageError,
  isLowResLandmarksError,
} from '../../src/errors.js';
import type { Box } from '../../src/geometry/box.js';
import type { ImageInput } from '../../src/images/image-input.js';
import type { SchemeName } from '../../src/landmarks/schemes.js';
import { expectNoLeak } from '../support/tensors.js';
import { seeingNetwork } from './seeing-network.js';
import { tinyWeightsFile } from './tiny-weights.js';

const grey = (width: number, height: number) => ({ data: new Uint8Array(width * height).fill(90), width, height });
const nanAt = (index: number) => {
  const data = new Float32Array(100).fill(90);
  data[index] = Number.NaN;
  return { data, width: 10, height: 10 };
};

type Bad = [what: string, image: unknown, options: object, kind: new (message: string) => Error, says: string];

const bad: Bad[] = [
  ['no image', undefined, {}, InvalidImageError, 'undefined'],
  ['a string', 'face.jpg', {}, InvalidImageError, "'lowres-landmarks/node'"],
  ['a number', 7, {}, InvalidImageError, '7'],
  ['an image without pixels', { data: new Uint8Array(0), width: 0, height: 0 }, {}, InvalidImageError, '0 x 0'],
  ['data of a wrong length', { data: new Uint8Array(10), width: 9, height: 9 }, {}, InvalidImageError, '10 values'],
  ['a NaN pixel', nanAt(55), {}, InvalidImageError, 'NaN'],
  ['an image over the limit', grey(40, 40), {}, ImageTooLargeError, '40 x 40'],
  ['a box outside', grey(9, 9), { boxes: { x: 9, y: 0, width: 3, height: 3 } }, InvalidBoxError, 'outside'],
  ['an inverted box', grey(9, 9), { boxes: { x: 5, y: 5, width: -3, height: 3 } }, InvalidBoxError, 'inverted'],
  ['a NaN box', grey(9, 9), { boxes: { x: Number.NaN, y: 5, width: 3, height: 3 } }, InvalidBoxError, 'NaN'],
  ['a box of corners', grey(9, 9), { boxes: [1, 2, 3, 4] }, InvalidBoxError, 'got 1'],
  ['no box', grey(9, 9), { boxes: null }, InvalidBoxError, 'null'],
  ['a gigantic box', grey(9, 9), { boxes: { x: -9e8, y: -9e8, width: 2e9, height: 2e9 } }, InvalidBoxError, 'larger'],
  ['one bad box of two', grey(9, 9), { boxes: [{ x: 0, y: 0, width: 5, height: 5 }, {}] }, InvalidBoxError, 'finite'],
  ['an unknown number of points', grey(9, 9), { points: 21 }, InvalidArgumentError, '21'],
  ['points as text', grey(9, 9), { points: '5' }, InvalidArgumentError, 'ask for 5'],
];

describe('a detector refuses', () => {
  const detect = (detector: LandmarkDetector, image: unknown, options: object) =>
    detector.detect(image as ImageInput, options as { boxes?: Box; points?: SchemeName });

  it.each(bad)(
    '%s, with a typed error that names it, before the network runs',
    async (_, image, options, kind, says) => {
      const { network, apply } = seeingNetwork();
      const detector = new LandmarkDetector({ crops: new NetworkCropLandmarks(network, 'dark'), maxPixels: 1000 });
      await expectNoLeak(async () => {
        const error = await detect(detector, image, options).catch((thrown) => thrown);
        expect(error).toBeInstanceOf(kind);
        expect(error.message).toContain(says);
        expect(isLowResLandmarksError(error)).toBe(true);
      });
      expect(apply).not.toHaveBeenCalled();
    },
  );

  it('a batch with one bad image, as a whole', async () => {
    const { network, apply } = seeingNetwork();
    const detector = new LandmarkDetector({ crops: new NetworkCropLandmarks(network, 'dark'), maxPixels: 1000 });
    await expect(detector.detectBatch([{ image: grey(9, 9) }, { image: nanAt(0) }])).rejects.toThrow(InvalidImageError);
    expect(apply).not.toHaveBeenCalled();
  });
});

describe('a detector leaks no tensor in', () => {
  it('1,000 good calls', async () => {
    const weights = await tinyWeightsFile({ landmarks: 5, widths: [4] });
    using detector = await createLandmarkDetector({ weights });
    const boxes = [
      { x: 0, y: 0, width: 9, height: 9 },
      { x: 3, y: 2, width: 12, height: 9 },
    ];
    const tensor = tf.fill<tf.Rank.R3>([12, 12, 3], 99, 'int32');
    await expectNoLeak(async () => {
      for (let call = 0; call < 500; call++) {
        await detector.detect(call % 2 ? grey(14, 11) : tensor, { boxes });
        await detector.detectBatch([{ image: grey(12, 12) }, { image: tensor, boxes: boxes[0] }]);
      }
    });
    tensor.dispose();
  }, 60_000);

  it('1,000 failing calls', async () => {
    const weights = await tinyWeightsFile({ landmarks: 5, widths: [4] });
    using detector = await createLandmarkDetector({ weights, maxPixels: 1000 });
    await expectNoLeak(async () => {
      for (let call = 0; call < 1000; call++) {
        const [, image, options] = bad[call % bad.length]!;
        await expect(detector.detect(image as ImageInput, options)).rejects.toSatisfy(isLowResLandmarksError);
      }
    });
  }, 60_000);

  it('a network that fails, or an unknown decoder', async () => {
    const { network, apply } = seeingNetwork();
    const confused = new LandmarkDetector({
      crops: new NetworkCropLandmarks(network, 'median' as never),
      maxPixels: 1000,
    });
    await expectNoLeak(() => expect(confused.detect(grey(9, 9))).rejects.toThrow(InvalidArgumentError));
    apply.mockImplementation(() => {
      throw new Error('context lost');
    });
    const failing = new LandmarkDetector({ crops: new NetworkCropLandmarks(network, 'dark'), maxPixels: 1000 });
    await expectNoLeak(() => expect(failing.detect(grey(9, 9))).rejects.toThrow('context lost'));
  });
});
