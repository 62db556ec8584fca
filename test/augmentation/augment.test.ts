import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AugmentationConfig,
  augmentFace,
  noAugmentation,
  paperAugmentation,
} from '../../src/augmentation/augment.js';
import type { LandmarkSample } from '../../src/datasets/samples.js';
import { DatasetError } from '../../src/errors.js';
import { boundingBox } from '../../src/geometry/box.js';
import type { Point } from '../../src/geometry/point.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { faceBoxFromLandmarks } from '../../src/landmarks/face-box.js';
import { Random } from '../../src/random.js';

const [WIDTH, HEIGHT, SIZE] = [240, 200, 128];
/** Eyes, nose tip and mouth corners, not symmetric; each landmark's dot has a colour of its own. */
const POINTS: Point[] = [
  { x: 92.3, y: 71.8 },
  { x: 141.6, y: 66.2 },
  { x: 118.9, y: 101.4 },
  { x: 99.5, y: 128.1 },
  { x: 140.2, y: 124.7 },
];
const COLOURS = [
  [255, 0, 0],
  [0, 255, 0],
  [0, 0, 255],
  [255, 255, 0],
  [0, 255, 255],
] as const;

/** Soft dots of radius 4 on black, at the landmarks. */
function paintDots(points: readonly Point[]): LandmarkSample {
  const data = new Float32Array(WIDTH * HEIGHT * 3);
  points.forEach((point, index) => {
    for (let y = 0; y < HEIGHT; y++) {
      for (let x = 0; x < WIDTH; x++) {
        const strength = Math.max(0, 1 - Math.hypot(x - point.x, y - point.y) / 4);
        COLOURS[index]!.forEach((value, channel) => {
          data[(y * WIDTH + x) * 3 + channel]! += strength * value;
        });
      }
    }
  });
  return { id: 'dots', image: { data, width: WIDTH, height: HEIGHT }, points: [...points] };
}

/** The centre of mass of a colour's dot: of the pixels in which its channels are bright and the others are not. */
function findDot({ data, width }: RgbImage, colour: readonly number[]): Point {
  let [mass, sumX, sumY] = [0, 0, 0];
  for (let pixel = 0; pixel < data.length / 3; pixel++) {
    const [lit, dark] = [255, 0].map((wanted) =>
      [0, 1, 2].filter((c) => colour[c] === wanted).map((c) => data[pixel * 3 + c]!),
    );
    const weight = Math.max(0, Math.min(...lit!) - Math.max(...dark!) - 20);
    mass += weight;
    sumX += weight * (pixel % width);
    sumY += weight * Math.floor(pixel / width);
  }
  return { x: sumX / mass, y: sumY / mass };
}

const sample = paintDots(POINTS);
const augment = (config: AugmentationConfig, seed: number, of = sample) =>
  augmentFace(of, 5, SIZE, config, new Random(seed));

/** Rotation in degrees and scale that take the landmarks to where they came: the best similarity, by least squares. */
function similarity(points: readonly Point[]): { degrees: number; scale: number } {
  const mean = (ps: readonly Point[]) => ({
    x: ps.reduce((sum, p) => sum + p.x, 0) / ps.length,
    y: ps.reduce((sum, p) => sum + p.y, 0) / ps.length,
  });
  const [from, to] = [mean(POINTS), mean(points)];
  let [dot, cross, norm] = [0, 0, 0];
  points.forEach((point, i) => {
    const [a, b] = [POINTS[i]!.x - from.x, POINTS[i]!.y - from.y];
    const [c, d] = [point.x - to.x, point.y - to.y];
    dot += a * c + b * d;
    cross += a * d - b * c;
    norm += a * a + b * b;
  });
  return { degrees: (Math.atan2(cross, dot) * 180) / Math.PI, scale: Math.hypot(dot, cross) / norm };
}

describe('augmentFace', () => {
  const everything: AugmentationConfig = { ...paperAugmentation, scale: [0.8, 1.25], flip: 0.5 };
  it.each<[string, AugmentationConfig]>([
    ['nothing', noAugmentation],
    ['a rotation', { ...noAugmentation, rotation: 30 }],
    ['a scaling', { ...noAugmentation, scale: [0.8, 1.25] }],
    ['a shift', { ...noAugmentation, shift: 20 / 128 }],
    ['a flip', { ...noAugmentation, flip: 1 }],
    ['all of them', everything],
  ])('moves the landmarks with the picture under %s', (_what, config) => {
    let compared = 0;
    for (let seed = 0; seed < 12; seed++) {
      const { image, points } = augment(config, seed);
      expect([image.width, image.height, image.data.length]).toEqual([SIZE, SIZE, SIZE * SIZE * 3]);
      // A flip exchanges left and right landmarks, so the dot at landmark i is then the one painted at its mirror image.
      const isFlipped = config.flip > 0 && findDot(image, COLOURS[0]).x > findDot(image, COLOURS[1]).x;
      if (config.flip === 1) expect(isFlipped).toBe(true);
      const colourOf = isFlipped ? [1, 0, 2, 4, 3] : [0, 1, 2, 3, 4];
      points.forEach((point, index) => {
        // A dot cut by the border has another centre of mass.
        if (!(Math.min(point.x, point.y) > 6 && Math.max(point.x, point.y) < SIZE - 7)) return;
        const dot = findDot(image, COLOURS[colourOf[index]!]!);
        expect(Math.hypot(dot.x - point.x, dot.y - point.y)).toBeLessThan(0.5);
        compared++;
      });
    }
    expect(compared).toBeGreaterThan(40);
  });

  it('cuts the square of 1.2 times the face box, centred on it, without augmentation', () => {
    const box = faceBoxFromLandmarks(POINTS);
    const side = 1.2 * Math.max(box.width, box.height);
    const { points } = augment(noAugmentation, 0);
    points.forEach(({ x, y }, i) => {
      expect(x + 0.5).toBeCloseTo(((POINTS[i]!.x + 0.5 - box.x - box.width / 2) / side + 0.5) * SIZE, 6);
      expect(y + 0.5).toBeCloseTo(((POINTS[i]!.y + 0.5 - box.y - box.height / 2) / side + 0.5) * SIZE, 6);
    });
  });

  it("stays in the paper's ranges: 30 degrees, 0.9-1.1, 20 pixels of 128, no flip", () => {
    const seen = { degrees: [] as number[], scale: [] as number[], shift: [] as number[] };
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { points } = augment(paperAugmentation, seed);
        if (points.some(({ x }) => Number.isNaN(x))) return;
        const { degrees, scale } = similarity(points);
        // Without scaling, the crop around the rotated face fixes the scale: compare with the crop of the rotated landmarks.
        const [sine, cosine] = [Math.sin((degrees * Math.PI) / 180), Math.cos((degrees * Math.PI) / 180)];
        const turned = POINTS.map(({ x, y }) => ({ x: cosine * x - sine * y, y: sine * x + cosine * y }));
        const box = faceBoxFromLandmarks(turned);
        const unscaled = SIZE / (1.2 * Math.max(box.width, box.height));
        const middle = (face: readonly Point[]) => {
          const { x, y, width, height } = faceBoxFromLandmarks(face);
          return { x: x + width / 2, y: y + height / 2 };
        };
        const { x, y } = middle(points);
        seen.degrees.push(degrees);
        seen.scale.push(scale / unscaled);
        seen.shift.push(x - SIZE / 2, y - SIZE / 2);
      }),
      { seed: 2, numRuns: 400 },
    );
    const range = (values: number[]) => [Math.min(...values), Math.max(...values)] as const;
    const [fewest, most] = range(seen.degrees);
    expect(fewest).toBeGreaterThanOrEqual(-30.001);
    expect(fewest).toBeLessThan(-28);
    expect(most).toBeLessThanOrEqual(30.001);
    expect(most).toBeGreaterThan(28);
    const [smallest, largest] = range(seen.scale);
    expect(smallest).toBeGreaterThanOrEqual(0.8999);
    expect(smallest).toBeLessThan(0.91);
    expect(largest).toBeLessThanOrEqual(1.1001);
    expect(largest).toBeGreaterThan(1.09);
    // 20 pixels of the crop before it is scaled.
    const furthest = Math.max(...seen.shift.map(Math.abs));
    expect(furthest).toBeLessThanOrEqual(20 * 1.1 + 1e-6);
    expect(furthest).toBeGreaterThan(17);
  });

  it('marks landmarks outside the picture and invisible ones as NaN', () => {
    const hidden = { ...sample, points: POINTS.map((p, i) => (i === 2 ? { x: Number.NaN, y: Number.NaN } : p)) };
    expect(augment(noAugmentation, 0, hidden).points.map(({ x }) => Number.isNaN(x))).toEqual([
      false,
      false,
      true,
      false,
      false,
    ]);
    // So small a picture that many landmarks fall on its outermost half pixels.
    const [far, size] = [{ ...noAugmentation, shift: 0.9 }, 8];
    let outside = 0;
    for (let seed = 0; seed < 300; seed++) {
      const random = new Random(seed);
      for (const { x, y } of augmentFace(sample, 5, size, far, random).points) {
        expect(Number.isNaN(x)).toBe(Number.isNaN(y));
        if (Number.isNaN(x)) outside++;
        else expect(Math.min(x, y) > -0.5 && Math.max(x, y) < size - 0.5).toBe(true);
      }
    }
    expect(outside).toBeGreaterThan(300);
    expect(outside).toBeLessThan(1200);
  });

  it('makes the same face for the same random numbers, and does not change the sample', () => {
    const all = { ...everything, colour: 0.3, occlusion: 1 };
    const before = structuredClone(sample);
    expect(augment(all, 3)).toEqual(augment(all, 3));
    expect(augment(all, 3)).not.toEqual(augment(all, 4));
    expect(sample).toEqual(before);
  });

  it('jitters the colours of the whole picture within 0-255, and moves nothing', () => {
    const plain = augment(noAugmentation, 5);
    const coloured = augment({ ...noAugmentation, colour: 0.3 }, 5);
    expect(coloured.points).toEqual(plain.points);
    expect(coloured.image.data).not.toEqual(plain.image.data);
    expect(coloured.image.data.every((value) => value >= 0 && value <= 255)).toBe(true);
    const isGrey = ({ data }: RgbImage) =>
      data.every((value, i) => i % 3 === 0 || Math.abs(value - data[i - (i % 3)]!) < 4);
    const seeds = Array.from({ length: 60 }, (_, seed) => seed);
    const grey = seeds.filter((seed) => isGrey(augment({ ...noAugmentation, colour: 0.01 }, seed).image));
    expect(grey.length).toBeGreaterThan(0);
    expect(grey.length).toBeLessThan(20);
  });

  it('erases one rectangle of 15-45 % of each side with one colour', () => {
    for (let seed = 0; seed < 20; seed++) {
      const [plain, covered] = [0, 1].map((occlusion) => augment({ ...noAugmentation, occlusion }, seed));
      expect(covered!.points).toEqual(plain!.points);
      const changed: Point[] = [];
      const colours = new Set<string>();
      for (let pixel = 0; pixel < SIZE * SIZE; pixel++) {
        const [before, after] = [plain!, covered!].map(({ image }) =>
          image.data.slice(pixel * 3, pixel * 3 + 3).join(),
        );
        if (before === after) continue;
        changed.push({ x: pixel % SIZE, y: Math.floor(pixel / SIZE) });
        colours.add(after!);
      }
      const { width, height } = boundingBox(changed);
      expect(colours.size).toBe(1);
      expect(changed.length).toBe((width + 1) * (height + 1));
      for (const side of [width + 1, height + 1]) {
        expect(side / SIZE).toBeGreaterThan(0.145);
        expect(side / SIZE).toBeLessThan(0.455);
      }
    }
  });

  it('refuses a sample without visible landmarks or with too few for its scheme, and names it', () => {
    const blind = { ...sample, id: 'blind.jpg', points: POINTS.map(() => ({ x: Number.NaN, y: Number.NaN })) };
    expect(() => augment(noAugmentation, 0, blind)).toThrow(DatasetError);
    expect(() => augment(noAugmentation, 0, blind)).toThrow('blind.jpg');
    const short = { ...sample, id: 'short.jpg', points: POINTS.slice(1) };
    expect(() => augment(noAugmentation, 0, short)).toThrow(DatasetError);
    expect(() => augment(noAugmentation, 0, short)).toThrow(/short\.jpg has 4 points.*5/);
  });
});
