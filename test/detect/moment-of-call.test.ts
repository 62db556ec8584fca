import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { createLandmarkDetector } from '../../src/detect/create-landmark-detector.js';
import type { LandmarkDetector } from '../../src/detect/landmark-detector.js';
import { Random } from '../../src/random.js';
import { tinyWeightsFile } from './tiny-weights.js';

const loadBundledWeights = vi.hoisted(() => vi.fn<() => Promise<Uint8Array>>());
vi.mock('../../src/detect/bundled-weights.js', () => ({ loadBundledWeights }));

const BOX = { x: 2, y: 3, width: 12, height: 11 };

function noise(seed: number) {
  const random = new Random(seed);
  return { data: Uint8Array.from({ length: 1200 }, () => random.integer(0, 255)), width: 20, height: 20 };
}

let detector: LandmarkDetector;
beforeAll(async () => {
  const weights = await tinyWeightsFile({ landmarks: 68 });
  loadBundledWeights.mockResolvedValue(weights);
  detector = await createLandmarkDetector({ weights });
  return () => detector.dispose();
});

/** The three doors: the function's first call, when its detector has still to be made, a later one, and a detector. */
const doors: [string, () => Promise<LandmarkDetector['detect']>][] = [
  ['the first call of detectLandmarksLR', freshDetect],
  [
    'a later call of detectLandmarksLR',
    async () => {
      const detect = await freshDetect();
      await detect(noise(9));
      return detect;
    },
  ],
  ['a detector', async () => detector.detect.bind(detector)],
];

async function freshDetect() {
  vi.resetModules();
  return (await import('../../src/detect/detect-landmarks-lr.js')).detectLandmarksLR as LandmarkDetector['detect'];
}

describe.each(doors)('%s', (_name, open) => {
  it('copies pixels at the call: a video may refill its buffer', async () => {
    const detect = await open();
    const frames = [noise(1), noise(2)];
    const expected = [];
    for (const frame of frames) expected.push(await detector.detect(frame, { boxes: BOX }));
    const buffer = { data: new Uint8Array(1200), width: 20, height: 20 };
    const calls = frames.map(({ data }) => {
      buffer.data.set(data);
      return detect(buffer, { boxes: BOX });
    });
    expect(await Promise.all(calls)).toEqual(expected);
  });

  it('copies boxes at the call: a tracker may move them', async () => {
    const detect = await open();
    const [one, list] = [{ ...BOX }, [{ ...BOX }]];
    const calls = [detect(noise(1), { boxes: one }), detect(noise(1), { boxes: list })] as const;
    one.x += 3;
    list[0]!.y += 3;
    list.push({ ...BOX });
    expect((await calls[0]).box).toEqual(BOX);
    expect((await calls[1]).map(({ box }) => box)).toEqual([BOX]);
  });

  it('reads a tensor that is disposed right after the call', async () => {
    const detect = await open();
    const { data, width, height } = noise(1);
    const tensor = tf.tensor3d(data, [height, width, 3], 'int32');
    const call = detect(tensor, { boxes: BOX });
    tensor.dispose();
    expect(await call).toEqual(await detector.detect(noise(1), { boxes: BOX }));
  });

  it('works inside a tf scope of the application, also one that ends meanwhile', async () => {
    const detect = await open();
    const expected = await detector.detect(noise(1), { boxes: BOX });
    tf.engine().startScope('application');
    const call = detect(noise(1), { boxes: BOX });
    tf.engine().endScope();
    expect(await call).toEqual(expected);
    expect(await detect(noise(1), { boxes: BOX })).toEqual(expected);
  });
});

describe('a detection of many faces', () => {
  it('lets timers run, and stops when one aborts it', async () => {
    const boxes = Array.from({ length: 20_000 }, () => BOX);
    let ticks = 0;
    const timer = setInterval(() => ticks++, 5);
    await expect(detector.detect(noise(1), { boxes, signal: AbortSignal.timeout(150) })).rejects.toThrow(/timeout/);
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(1);
  });
});
