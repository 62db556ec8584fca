import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { AnnotatedFace } from '../../datasets/annotated-face.js';
import { faceAt } from '../../datasets/face-at.js';
import type { LandmarkDataset } from '../../datasets/sample.js';
import { DatasetError } from '../../errors.js';
import { MEAN_FACE_68 } from '../../evaluation/mean-face.js';
import { type MtflPicture, parseMtflList } from '../../formats/mtfl-list.js';
import { applyAffine } from '../../geometry/affine.js';
import { alignSimilarity } from '../../geometry/align-similarity.js';
import type { Box } from '../../geometry/box.js';
import type { Point } from '../../geometry/point.js';
import { convertLandmarks } from '../../landmarks/convert.js';
import { faceBoxFromLandmarks } from '../../landmarks/face-box.js';
import { readImage } from '../images/read-image.js';

const MEAN_FACE_5 = convertLandmarks(MEAN_FACE_68, 68, 5);

/**
 * Faces of AFLW and LFW with the five points that people gave them for MTFL (Zhang et al., ECCV 2014), in its layout: `training.txt` and
 * `testing.txt`, and the folders of pictures that they name. MTFL has no boxes. The box here is that of the mean face laid over the points
 * (turned, scaled and shifted), so that it means the same as `faceBoxFromLandmarks`.
 *
 * The points are given as the lists have them. On copies shrunk to 80x80, those of AFLW (`testing.txt`) lie 1.2 px, 2 % of the face, to the
 * right of and below the eyes' middles: the bundled detector, which is not off to a side on Helen, finds its points 2.1 % more to the left,
 * and enlarged eyes show it. Those of LFW are 0.1 px off.
 *
 * @example
 * const faces = await MtflFaces.open('mtfl', 'testing');
 * const { image, box, points } = await faces.sample(0);
 */
export class MtflFaces implements LandmarkDataset {
  readonly scheme = 5;
  readonly #folder: string;
  readonly #pictures: readonly MtflPicture[];

  private constructor(folder: string, pictures: readonly MtflPicture[]) {
    this.#folder = folder;
    this.#pictures = pictures;
  }

  /**
   * Reads the annotations of one part; pictures are read when asked for.
   *
   * @throws DatasetError when the list is missing or malformed.
   */
  static async open(folder: string, part: 'training' | 'testing'): Promise<MtflFaces> {
    const list = join(folder, `${part}.txt`);
    const text = await readFile(list, 'utf8').catch((cause: unknown) => {
      throw new DatasetError(`${list} cannot be read: give the folder that holds it.`, { cause });
    });
    return new MtflFaces(folder, parseMtflList(text, list));
  }

  /** Number of faces. */
  get length(): number {
    return this.#pictures.length;
  }

  /** The person of a picture of LFW (`Aaron_Guiel_0001.jpg`), the photograph of one of AFLW (`0001-image20056.jpg`). */
  group(index: number): string {
    return basename(this.#at(index).file).replace(/^\d+-|(_\d+)?\.\w+$/g, '');
  }

  async sample(index: number): Promise<AnnotatedFace> {
    const { file, points } = this.#at(index);
    const image = await readImage(join(this.#folder, file));
    return { id: file, image, box: boxAround(points), points: points.map((point) => ({ ...point })) };
  }

  #at(index: number): MtflPicture {
    return faceAt(this.#pictures, index);
  }
}

function boxAround(points: readonly Point[]): Box {
  const laid = alignSimilarity(MEAN_FACE_5, points);
  return faceBoxFromLandmarks(MEAN_FACE_68.map((point) => applyAffine(laid, point)));
}
