import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { contactSheet } from '../../src/drawing/contact-sheet.js';
import { cutSquare } from '../../src/drawing/cut-square.js';
import { drawLandmarks } from '../../src/drawing/draw-landmarks.js';
import type { Box } from '../../src/geometry/box.js';
import { cropAround } from '../../src/geometry/crop.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { landmarkSchemes } from '../../src/landmarks/schemes.js';
import { readImage } from '../../src/node/images/read-image.js';
import { Random } from '../../src/random.js';
import type { Predict } from './measure.js';

const FACES = 40;
/** Five faces a row, each without and with its points. */
const COLUMNS = 10;
/** Each face is drawn with a quarter of its box on each side. */
const SURROUNDINGS = 1.5;
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
    const { box } = faces[index]!;
    const around = cropAround(box, SURROUNDINGS);
    const [left, top, side] = [Math.floor(around.left), Math.floor(around.top), Math.ceil(around.side)];
    const image = cutSquare(images[index]!, { left, top, side });
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
    const scale = Math.max(1, Math.floor(CELL / side));
    return [drawLandmarks(image, [], { scale }), drawLandmarks(image, [detection], { scale })];
  });
  return contactSheet(drawings, COLUMNS);
}
