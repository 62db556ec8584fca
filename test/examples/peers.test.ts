// The adapters of other libraries, run for real: they load, find what there is to find, and leave nothing behind.
import { createRequire } from 'node:module';
import * as tf from '@tensorflow/tfjs-core';
import {
  applyAffine,
  type Box,
  createLandmarkDetector,
  faceBoxFromLandmarks,
  type Point,
  type RgbImage,
  useBackend,
  warpAffine,
} from 'lowres-landmarks';
import { readImage } from 'lowres-landmarks/node';
import { boundingBox, cropAndResize, similarityAbout } from 'lowres-landmarks/training';
import { beforeAll, describe, expect, it } from 'vitest';
import boxes from '../../examples/faces/boxes.json' with { type: 'json' };
import { MESH_TO_68 } from '../../examples/peers/mesh-to-68.js';
import { packageFolder, packageModel } from '../../examples/peers/package-models.js';
import { lacksPackages } from '../support/installed.js';
import { expectNoLeak } from '../support/tensors.js';

const FOLDER = '../../examples/peers';
const lacks = lacksPackages('examples/peers', '@vladmandic/face-api', '@vladmandic/human', '@upscalerjs/esrgan-medium');
const withPeers = describe.skipIf(lacks);
const reason = lacks ? ` (skipped: ${lacks})` : '';

// Imported in tests alone: where their packages are not installed, the adapters do not load.
const faceApi = async () => (await import('../../examples/peers/face-api-68.js')).default();
const faceApiTiny = async () => (await import('../../examples/peers/face-api-68-tiny.js')).default();
const faceApiEmbedder = async () => (await import('../../examples/peers/face-api-embedder.js')).default();
const faceMesh = async () => (await import('../../examples/peers/media-pipe-face-mesh.js')).default();
const esrganGans = async () => (await import('../../examples/peers/esrgan-gans-4x.js')).default();
const esrganMedium = async () => (await import('../../examples/peers/esrgan-medium-4x.js')).default();

type FaceName = keyof typeof boxes;
const faces: readonly FaceName[] = ['eileen-collins-24px.png', 'grace-hopper-32px.png'];
const ours = new Map<FaceName, { image: RgbImage; box: Box; points: Point[] }>();

beforeAll(async () => {
  await useBackend('wasm');
  using detector = await createLandmarkDetector();
  for (const name of Object.keys(boxes) as FaceName[]) {
    const image = (await readImage(new URL(`../../examples/faces/${name}`, import.meta.url))) as RgbImage;
    const [box] = boxes[name] as [Box];
    const { points } = await detector.detect(image, { boxes: box });
    ours.set(name, { image, box: faceBoxFromLandmarks(points), points });
  }
});

/** How far two sets of points are apart on average, as a share of the face's size. */
const distance = (a: readonly Point[], b: readonly Point[]) => {
  const { width, height } = boundingBox(b);
  const sum = a.reduce((total, { x, y }, index) => total + Math.hypot(x - b[index]!.x, y - b[index]!.y), 0);
  return sum / a.length / Math.sqrt(width * height);
};

withPeers(`packages${reason}`, () => {
  it('share one tfjs with this library, and thereby its backend', () => {
    const require = createRequire(new URL(`${FOLDER}/face-api.ts`, import.meta.url));
    const { tf: ofFaceApi } = require('@vladmandic/face-api/dist/face-api.node-wasm.js');
    expect(ofFaceApi.engine()).toBe(tf.engine());
    expect(ofFaceApi.getBackend()).toBe('wasm');
    expect(require('@tensorflow/tfjs').engine()).toBe(tf.engine());
  });

  it('that are missing are named', async () => {
    expect(() => packageFolder('@vladmandic/no-such-thing')).toThrow(
      '@vladmandic/no-such-thing is not installed: npm run setup',
    );
    await expect(packageModel('@vladmandic/human', 'models/no-such.json').load!()).rejects.toThrow('no-such.json');
  });
});

withPeers.each([
  { name: 'face-api 68', create: faceApi, agreement: 0.04 },
  { name: 'face-api 68 tiny', create: faceApiTiny, agreement: 0.04 },
  { name: 'MediaPipe face mesh', create: faceMesh, agreement: 0.04 },
])(`$name${reason}`, ({ name, create, agreement }) => {
  it('finds the points where this library finds them, and frees everything', async () => {
    await expectNoLeak(async () => {
      const predictor = await create();
      expect(predictor).toMatchObject({ name, scheme: 68 });
      for (const face of faces) {
        const { image, box, points } = ours.get(face)!;
        await expectNoLeak(async () => {
          const found = await predictor.predict(image, box);
          expect(found).toHaveLength(68);
          expect(distance(found, points), face).toBeLessThan(agreement);
        });
      }
      predictor.dispose();
    });
  });

  it('gives points in the pixels of the image, wherever in it the face is', async () => {
    const predictor = await create();
    const { image, box } = ours.get('grace-hopper-32px.png')!;
    const [right, down] = [17, 9];
    const moved = cropAndResize(image, { left: -right, top: -down, side: 110 }, 110);
    const [still, there] = [
      await predictor.predict(image, box),
      await predictor.predict(moved, { ...box, x: box.x + right, y: box.y + down }),
    ];
    const back = there.map(({ x, y }) => ({ x: x - right, y: y - down }));
    expect(distance(back, still)).toBeLessThan(0.002);
    predictor.dispose();
  });
});

withPeers(`the face mesh${reason}`, () => {
  it('is looked at upright when the face is rolled', async () => {
    const predictor = await faceMesh();
    const { image, box } = ours.get('grace-hopper-32px.png')!;
    const upright = await predictor.predict(image, box);
    const centre = { x: box.x + box.width / 2 - 0.5, y: box.y + box.height / 2 - 0.5 };
    const turn = similarityAbout(centre, 35, 1, { x: 47.5, y: 47.5 });
    const turned = upright.map((point) => applyAffine(turn, point));
    const found = await predictor.predict(warpAffine(image, turn, 96), faceBoxFromLandmarks(turned));
    expect(distance(found, turned)).toBeLessThan(0.025);
    predictor.dispose();
  });

  it('refuses what is no face only when asked to', async () => {
    const wall = { data: new Uint8Array(64 * 64 * 3).fill(120), width: 64, height: 64 };
    const box = { x: 16, y: 16, width: 32, height: 32 };
    const { FaceMeshPredictor } = await import('../../examples/peers/media-pipe-face-mesh.js');
    const strict = await FaceMeshPredictor.load({ leastPresence: 0.5 });
    await expectNoLeak(() => expect(strict.predict(wall, box)).rejects.toThrow('No face: its presence is 0.'));
    expect((await strict.mesh(wall, box)).presence).toBeLessThan(0.1);
    strict.dispose();
    const lenient = await faceMesh();
    expect(await lenient.predict(wall, box)).toHaveLength(68);
    lenient.dispose();
  });

  it('gives each of the 68 points a mesh point of its own', () => {
    expect(new Set(MESH_TO_68).size).toBe(68);
    expect(MESH_TO_68.every((index) => Number.isInteger(index) && index >= 0 && index < 468)).toBe(true);
  });
});

withPeers(`face-api recognition${reason}`, () => {
  it('finds a person more like herself in another size than like anybody else', async () => {
    await expectNoLeak(async () => {
      const embedder = await faceApiEmbedder();
      const names = ['eileen-collins-24px.png', 'eileen-collins-16px.png', 'grace-hopper-32px.png'] as const;
      const aligned = names.map((name) => {
        const { image, points } = ours.get(name)!;
        return alignByEyes(image, points, embedder.inputSize);
      });
      let vectors: Float32Array[] = [];
      await expectNoLeak(async () => {
        vectors = await embedder.embed(aligned);
      });
      expect(vectors.map(({ length }) => length)).toEqual([128, 128, 128]);
      const [collins, collinsSmaller, hopper] = vectors as [Float32Array, Float32Array, Float32Array];
      expect(cosine(collins, collinsSmaller)).toBeGreaterThan(cosine(collins, hopper) + 0.05);
      const [alone] = await embedder.embed(aligned.slice(2));
      expect(Array.from(alone!)).toEqual(Array.from(hopper, (value) => expect.closeTo(value, 4)));
      expect(await embedder.embed([])).toEqual([]);
      embedder.dispose();
    });
  });
});

withPeers.each([
  { name: 'ESRGAN medium', create: esrganMedium, better: 0.5 },
  { name: 'ESRGAN', create: esrganGans, better: 1.5 },
])(`$name${reason}`, ({ name, create, better }) => {
  it('enlarges four times, nearer to the original than bilinear interpolation, and frees everything', async () => {
    const { image } = ours.get('grace-hopper-32px.png')!;
    const original = cropAndResize(image, { left: 4, top: 4, side: 80 }, 80);
    const small = cropAndResize(original, { left: 0, top: 0, side: 80 }, 20);
    const bilinear = cropAndResize(small, { left: 0, top: 0, side: 20 }, 80);
    await expectNoLeak(async () => {
      const resolver = await create();
      expect(resolver).toMatchObject({ name, factor: 4 });
      await expectNoLeak(async () => {
        const enlarged = await resolver.enlarge(small);
        expect(enlarged).toMatchObject({ width: 80, height: 80 });
        expect(enlarged.data.every((value) => value >= 0 && value <= 255)).toBe(true);
        expect(psnr(enlarged, original)).toBeGreaterThan(psnr(bilinear, original) + better);
      });
      const oblong = await resolver.enlarge({ data: new Uint8Array(12 * 8 * 3).fill(100), width: 12, height: 8 });
      expect(oblong).toMatchObject({ width: 48, height: 32 });
      expect(oblong.data[(16 * 48 + 24) * 3]).toBeCloseTo(100, -1);
      resolver.dispose();
    });
  });
});

/** The eyes' centres where ArcFace's template has them. */
function alignByEyes(image: RgbImage, points: readonly Point[], size: number): RgbImage {
  const eye = (from: number) => {
    const part = points.slice(from, from + 6);
    return { x: part.reduce((sum, { x }) => sum + x, 0) / 6, y: part.reduce((sum, { y }) => sum + y, 0) / 6 };
  };
  const [left, right] = [eye(36), eye(42)];
  const centre = { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 };
  const apart = Math.hypot(right.x - left.x, right.y - left.y);
  const roll = (Math.atan2(right.y - left.y, right.x - left.x) * 180) / Math.PI;
  const scale = size / 112;
  const target = { x: 55.9 * scale, y: 51.6 * scale };
  return warpAffine(image, similarityAbout(centre, -roll, (35.24 * scale) / apart, target), size);
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (u: Float32Array, v: Float32Array) => u.reduce((sum, value, index) => sum + value * v[index]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

function psnr(a: RgbImage, b: RgbImage): number {
  let sum = 0;
  for (let i = 0; i < a.data.length; i++) sum += (a.data[i]! - b.data[i]!) ** 2;
  return 10 * Math.log10(255 ** 2 / (sum / a.data.length));
}
