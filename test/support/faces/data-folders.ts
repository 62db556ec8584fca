import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import type { Point } from '../../../src/geometry/point.js';
import { encodePng } from '../../../src/node/images/write-png.js';
import { Random } from '../../../src/random.js';

/** 68 points in the middle of a picture of 60 x 50 pixels, other ones for each seed; whole quarters, which text keeps exactly. */
export function points68(seed: number): Point[] {
  const random = new Random(seed);
  return Array.from({ length: 68 }, () => ({ x: random.integer(60, 180) / 4, y: random.integer(40, 150) / 4 }));
}

/** Writes a picture of one colour, with a white dot at the first landmark. */
async function writePicture(path: string, red: number, points: readonly Point[]): Promise<void> {
  const data = new Uint8Array(60 * 50 * 3);
  for (let i = 0; i < data.length; i += 3) data[i] = red;
  const { x, y } = points[0]!;
  data.fill(255, (Math.round(y) * 60 + Math.round(x)) * 3, (Math.round(y) * 60 + Math.round(x)) * 3 + 3);
  await mkdir(dirname(path), { recursive: true });
  await sharp(data, { raw: { width: 60, height: 50, channels: 3 } }).toFile(path);
}

/** One face in 300-W's layout: `<stem>.png` (or another extension) and `<stem>.pts`, counted from 1. */
export async function write300WFace(folder: string, stem: string, seed: number, extension = 'png'): Promise<Point[]> {
  const points = points68(seed);
  await writePicture(join(folder, `${stem}.${extension}`), seed, points);
  const lines = points.map(({ x, y }) => `${x + 1} ${y + 1}`);
  await writeFile(join(folder, `${stem}.pts`), `version: 1\nn_points: 68\n{\n${lines.join('\n')}\n}\n`);
  return points;
}

/** A folder in YouTube Faces' layout with the frames named, counted from 1. */
export async function writeYouTubeFaces(folder: string, frames: { training: string[]; test: string[] }): Promise<void> {
  for (const [part, files] of Object.entries(frames)) {
    await mkdir(join(folder, part), { recursive: true });
    const rows = await Promise.all(
      files.map(async (file, index) => {
        const points = points68(index);
        await writePicture(join(folder, part, file), index, points);
        return [file, ...points.flatMap(({ x, y }) => [x + 1, y + 1])].join();
      }),
    );
    await writeFile(join(folder, `${part}_frames_keypoints.csv`), [`,${rows.length}`, ...rows, ''].join('\n'));
  }
}

/** A folder of grainy pictures, as real low-resolution faces that nobody has labelled. */
export async function writeLowResolutionFaces(folder: string, count: number): Promise<void> {
  await mkdir(folder);
  for (let index = 0; index < count; index++) {
    const random = new Random(index);
    const data = Uint8Array.from({ length: 20 * 20 * 3 }, () => random.integer(40, 200));
    await writeFile(join(folder, `${index}.png`), encodePng({ data, width: 20, height: 20 }));
  }
}
