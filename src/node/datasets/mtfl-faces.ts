import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { datasetOf, type LandmarkDataset } from '../../datasets/dataset.js';
import type { AnnotatedSample } from '../../datasets/samples.js';
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
 * Opens faces of AFLW and LFW with the five points that people gave them for MTFL (Zhang et al., ECCV 2014), in its
 * layout: `training.txt` and `testing.txt`, and the folders of pictures that they name. MTFL has no boxes. The box here
 * is that of the mean face laid over the points (turned, scaled and shifted), so that it means the same as
 * `faceBoxFromLandmarks`.
 *
 * The points are given as the lists have them. On copies shrunk to 80x80, those of AFLW (`testing.txt`) lie 1.2 px, 2 %
 * of the face, to the right of and below the eyes' middles: the bundled detector, which is not off to a side on Helen,
 * finds its points 2.1 % more to the left, and enlarged eyes show it. Those of LFW are 0.1 px off.
 *
 * A sample's group is the person for a picture of LFW (`Aaron_Guiel_0001.jpg`), the photograph for one of AFLW
 * (`0001-image20056.jpg`). Pictures are read when asked for.
 *
 * @throws DatasetError when the list is missing or malformed.
 * @example
 * const faces = await openMtfl('mtfl', 'testing');
 * const { image, box, points } = await faces.get(0);
 */
export async function openMtfl(
  folder: string,
  part: 'training' | 'testing',
): Promise<LandmarkDataset<AnnotatedSample>> {
  const list = join(folder, `${part}.txt`);
  const text = await readFile(list, 'utf8').catch((cause: unknown) => {
    throw new DatasetError(`${list} cannot be read: give the folder that holds it.`, { cause });
  });
  const read = async ({ file, points }: MtflPicture): Promise<AnnotatedSample> => {
    const image = await readImage(join(folder, file));
    return { id: file, image, box: boxAround(points), points: points.map((point) => ({ ...point })) };
  };
  return { scheme: 5, ...datasetOf(parseMtflList(text, list), groupOf, read) };
}

function groupOf({ file }: MtflPicture): string {
  return basename(file).replace(/^\d+-|(_\d+)?\.\w+$/g, '');
}

function boxAround(points: readonly Point[]): Box {
  const laid = alignSimilarity(MEAN_FACE_5, points);
  return faceBoxFromLandmarks(MEAN_FACE_68.map((point) => applyAffine(laid, point)));
}
