import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, expectTypeOf, it } from 'vitest';
import { createLandmarkDetector } from '../../src/detect/create-landmark-detector.js';
import type { LandmarkDetector } from '../../src/detect/landmark-detector.js';
import type { LandmarkDetection } from '../../src/detect/types.js';
import { ImageDecodeError, InvalidBoxError, InvalidImageError } from '../../src/errors.js';
import type { Box } from '../../src/geometry/box.js';
import { detectLandmarksLR } from '../../src/node/detect-landmarks-lr.js';
import { encodePng } from '../../src/node/images/write-png.js';
import { tinyWeightsFile } from '../detect/tiny-weights.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { expectNoLeak, useWasm } from '../support/tensors.js';

const image = { data: Uint8Array.from({ length: 16 * 12 * 3 }, (_, i) => (i * 29) % 256), width: 16, height: 12 };
const box: Box = { x: 1, y: 2, width: 10, height: 9 };

describe('detectLandmarksLR in Node', () => {
  let detector: LandmarkDetector;
  beforeAll(async () => {
    await useWasm();
    detector = await createLandmarkDetector({ weights: await tinyWeightsFile({ landmarks: 5 }) });
    return () => detector.dispose();
  });

  it('detects in a path, a file URL and the bytes of a file as in the pixels', async () => {
    const png = encodePng(image);
    const path = join(await temporaryFolder(), 'a face.png');
    await writeFile(path, png);
    const expected = await detector.detect(image, { boxes: box });
    for (const source of [path, pathToFileURL(path), png, Buffer.from(png), image]) {
      expect(await detectLandmarksLR(source, { boxes: box, detector })).toEqual(expected);
    }
  });

  it('returns one face for one box or none, several for several boxes', async () => {
    const png = encodePng(image);
    const one = await detectLandmarksLR(png, { detector });
    const several = await detectLandmarksLR(png, { boxes: [box, box, box], detector });
    expectTypeOf(one).toEqualTypeOf<LandmarkDetection>();
    expectTypeOf(several).toEqualTypeOf<LandmarkDetection[]>();
    expect(one.box).toEqual({ x: 0, y: 0, width: 16, height: 12 });
    expect(several).toHaveLength(3);
  });

  it('refuses missing and damaged files, and leaks no tensor', async () => {
    const folder = await temporaryFolder();
    const png = encodePng(image);
    await expectNoLeak(async () => {
      await expect(detectLandmarksLR(join(folder, 'none.png'), { detector })).rejects.toThrow(InvalidImageError);
      await expect(detectLandmarksLR(join(folder, 'none.png'), { detector })).rejects.toThrow('none.png');
      await expect(detectLandmarksLR(png.subarray(0, 60), { detector })).rejects.toThrow(ImageDecodeError);
      await expect(detectLandmarksLR(new Uint8Array(0), { detector })).rejects.toThrow(ImageDecodeError);
      const outside = { ...box, x: 99 };
      await expect(detectLandmarksLR(png, { boxes: outside, detector })).rejects.toThrow(InvalidBoxError);
    });
  });
});
