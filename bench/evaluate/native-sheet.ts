import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Random } from '../../src/data/random.js';
import type { Box } from '../../src/geometry/box.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { landmarkSchemes } from '../../src/landmarks/schemes.js';
import { contactSheet } from '../../src/node/contact-sheet.js';
import { drawLandmarks } from '../../src/node/draw-landmarks.js';
import { readImage } from '../../src/node/read-image.js';
import type { Predict } from './measure.js';

const FACES = 40;
/** Five faces a row, each without and with its points. */
const COLUMNS = 10;
/** Each face is drawn with a quarter of its box around it. */
const MARGIN = 0.25;
const CELL = 256;

/** One face of shared/data/lowres. */
export interface NativeFace {
  file: string;
  kind: string;
  box: Box;
}

/** Unmasked native low-resolution faces, the same ones for a seed. */
export async function chooseNativeFaces(folder: string, seed: number): Promise<NativeFace[]> {
  const lines = (await readFile(join(folder, 'index.csv'), 'utf8')).trim().split('\n').slice(1);
  const faces = lines.map((line) => {
    const [file, x, y, width, height, kind] = line.split(',') as [string, string, string, string, string, string];
    return { file, kind, box: { x: Number(x), y: Number(y), width: Number(width), height: Number(height) } };
  });
  const unmasked = faces.filter(({ kind }) => kind === 'unmasked' || kind === 'detected');
  return new Random(seed).shuffle(unmasked).slice(0, FACES);
}

/** The faces, large, with the predicted points: to be looked at, as nobody annotated them. */
export async function nativeSheet(folder: string, faces: readonly NativeFace[], predict: Predict): Promise<RgbImage> {
  const images = await Promise.all(faces.map(({ file }) => readImage(join(folder, 'faces', file))));
  const predictions = await predict(
    images,
    faces.map(({ box }) => box),
  );
  const drawings = predictions.flatMap(({ points, score }, index) => {
    const { image, left, top } = cutOut(images[index]!, faces[index]!.box);
    const { box } = faces[index]!;
    const detection = {
      box: { ...box, x: box.x - left, y: box.y - top },
      scheme: 68 as const,
      points: points.map(({ x, y }, point) => ({
        x: x - left,
        y: y - top,
        score,
        name: landmarkSchemes[68].names[point]!,
      })),
      score,
    };
    const scale = Math.max(1, Math.floor(CELL / Math.max(image.width, image.height)));
    return [drawLandmarks(image, [], { scale }), drawLandmarks(image, [detection], { scale })];
  });
  return contactSheet(drawings, COLUMNS);
}

function cutOut(image: RgbImage, box: Box): { image: RgbImage; left: number; top: number } {
  const left = Math.max(0, Math.floor(box.x - MARGIN * box.width));
  const top = Math.max(0, Math.floor(box.y - MARGIN * box.height));
  const width = Math.min(image.width, Math.ceil(box.x + (1 + MARGIN) * box.width)) - left;
  const height = Math.min(image.height, Math.ceil(box.y + (1 + MARGIN) * box.height)) - top;
  const data = new Uint8ClampedArray(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    const start = ((top + y) * image.width + left) * 3;
    data.set(image.data.subarray(start, start + width * 3), y * width * 3);
  }
  return { image: { data, width, height }, left, top };
}
