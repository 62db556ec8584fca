import type { Browser } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { detectLandmarksLR, type LandmarkDetection } from '../../src/index.js';
import { useWasm } from '../support/tensors.js';
import { hasChromium, launchChromium } from './chromium.js';
import type { PageAnswer } from './detect-page.js';
import { type ServedPage, servePage } from './serve.js';

const SIZE = 24;

/** A drawn face: an oval with dark eyes, brows and mouth, smooth enough that one pixel's rounding moves nothing. */
function drawnFace(): { data: Uint8Array; width: number; height: number } {
  const blob = (x: number, y: number, cx: number, cy: number, rx: number, ry: number) =>
    Math.exp(-(((x - cx) / rx) ** 2) - ((y - cy) / ry) ** 2);
  const data = new Uint8Array(SIZE * SIZE * 4);
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) {
      const skin = blob(x, y, 11.5, 12, 11, 13);
      const dark = blob(x, y, 7.5, 9, 2, 1.2) + blob(x, y, 15.5, 9, 2, 1.2) + blob(x, y, 11.5, 17.5, 3.5, 1);
      const light = 60 + 170 * skin * (1 - 0.7 * Math.min(1, dark));
      data.set([light, light * 0.8, light * 0.7, 255], (y * SIZE + x) * 4);
    }
  }
  return { data, width: SIZE, height: SIZE };
}

describe.skipIf(!hasChromium)('detection in Chromium (skipped without one: set CHROMIUM_PATH)', () => {
  let browser: Browser;
  let page: ServedPage;
  let answer: PageAnswer;
  let inNode: LandmarkDetection;

  beforeAll(async () => {
    const face = drawnFace();
    await useWasm();
    inNode = await detectLandmarksLR(face);
    const png = PNG.sync.write(Object.assign(new PNG(face), { data: Buffer.from(face.data) }));
    page = await servePage('detect-page.ts', { '/face.png': png });
    browser = await launchChromium();
    const tab = await browser.newPage();
    const complaints: string[] = [];
    tab.on('pageerror', ({ message }) => complaints.push(message));
    await tab.goto(page.url);
    answer = await tab.evaluate<PageAnswer>("detectAll('/face.png')").catch((error) => {
      throw new Error(`The page failed: ${error.message} ${complaints.join('; ')}`);
    });
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    await page?.close();
  });

  it.each(['img', 'canvas', 'OffscreenCanvas', 'ImageData', 'ImageBitmap'])(
    'finds the points that Node finds, from %s',
    (kind) => {
      const { points, score } = answer.detections[kind]!;
      expect(points).toHaveLength(68);
      for (const [index, { x, y }] of points.entries()) {
        expect(Math.hypot(x - inNode.points[index]!.x, y - inNode.points[index]!.y)).toBeLessThan(0.05);
      }
      expect(score).toBeCloseTo(inNode.score, 3);
    },
  );

  it('runs on wasm by default and leaves no tensor', () => {
    expect(answer.backend).toBe('wasm');
    expect(answer.leakedTensors).toBe(0);
  });
});
