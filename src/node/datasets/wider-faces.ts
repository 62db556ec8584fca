import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { glob } from 'tinyglobby';
import type { UnlabelledDataset, UnlabelledFace } from '../../datasets/unlabelled.js';
import { DatasetError } from '../../errors.js';
import { parseWiderFaceList } from '../../formats/wider-face-list.js';
import type { Box } from '../../geometry/box.js';
import type { RgbImage } from '../../geometry/rgb-image.js';
import { readImage } from '../images/read-image.js';

/** Which faces of WIDER FACE to take, by the longer side of their box in pixels. */
export interface WiderFacesOptions {
  /** 12 by default: below, nobody can tell the eyes. */
  smallest?: number;
  /** 40 by default. */
  largest?: number;
}

/** A face this much covered is left out. */
const HEAVY_OCCLUSION = 2;
/** From a face's middle to each side, in its longer sides. The paper's augmentation reaches 1.21 of them. */
const CONTEXT = 1.5;

/**
 * The small faces of WIDER FACE (Yang et al. 2016) in its official layout, which is where the paper's real low-resolution faces come from:
 * `WIDER_train/images/` and `wider_face_split/wider_face_train_bbx_gt.txt`. Heavily covered and invalid ones are left out.
 *
 * @example
 * const faces = await WiderFaces.open('wider');
 * const { image, box } = await faces.face(0);
 */
export class WiderFaces implements UnlabelledDataset {
  readonly #faces: readonly { path: string; box: Box }[];

  private constructor(faces: readonly { path: string; box: Box }[]) {
    this.#faces = faces;
  }

  /**
   * Reads the annotations. Pictures are read when asked for.
   *
   * @throws DatasetError when annotations are missing or malformed, or name a picture that is not there.
   */
  static async open(folder: string, { smallest = 12, largest = 40 }: WiderFacesOptions = {}): Promise<WiderFaces> {
    const list = join(folder, 'wider_face_split', 'wider_face_train_bbx_gt.txt');
    const text = await readFile(list, 'utf8').catch((cause) => {
      throw new DatasetError(`${list} cannot be read: give the folder that holds WIDER_train and wider_face_split.`, {
        cause,
      });
    });
    const images = join(folder, 'WIDER_train', 'images');
    const present = new Set(await glob('**/*.{jpg,jpeg,png}', { cwd: images }));
    const faces = parseWiderFaceList(text, list).flatMap(({ file, faces }) => {
      if (!present.has(file)) throw new DatasetError(`${list} names ${file}, which is not in ${images}.`);
      return faces
        .filter(({ box: { width, height }, occlusion, invalid }) => {
          const side = Math.max(width, height);
          return (
            !invalid &&
            occlusion < HEAVY_OCCLUSION &&
            Math.min(width, height) > 0 &&
            side >= smallest &&
            side <= largest
          );
        })
        .map(({ box }) => ({ path: join(images, file), box }));
    });
    if (faces.length === 0) {
      throw new DatasetError(`${list} has no face of ${smallest} to ${largest} pixels that can be seen.`);
    }
    return new WiderFaces(faces);
  }

  /** Number of faces. */
  get length(): number {
    return this.#faces.length;
  }

  /** The photograph's file. */
  group(index: number): string {
    return basename(this.#faces[index]!.path);
  }

  async face(index: number): Promise<UnlabelledFace> {
    const { path, box } = this.#faces[index]!;
    return { id: `${basename(path)} at ${box.x}, ${box.y}`, ...cutAround(await readImage(path), box) };
  }
}

/** A face with as much around it as augmentation may show: a dataset keeps thousands of them in memory, not the photographs. */
function cutAround({ data, width, height }: RgbImage, box: Box): { image: RgbImage; box: Box } {
  const reach = CONTEXT * Math.max(box.width, box.height);
  const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2];
  const [left, top] = [Math.max(0, Math.floor(middleX - reach)), Math.max(0, Math.floor(middleY - reach))];
  const [right, bottom] = [Math.min(width, Math.ceil(middleX + reach)), Math.min(height, Math.ceil(middleY + reach))];
  const cut = new Uint8Array((right - left) * (bottom - top) * 3);
  for (let y = top; y < bottom; y++) {
    cut.set(data.slice((y * width + left) * 3, (y * width + right) * 3), (y - top) * (right - left) * 3);
  }
  return {
    image: { data: cut, width: right - left, height: bottom - top },
    box: { ...box, x: box.x - left, y: box.y - top },
  };
}
