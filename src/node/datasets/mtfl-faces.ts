import { basename, join } from 'node:path';
import { datasetOf, type LandmarkDataset } from '../../datasets/dataset.js';
import type { AnnotatedSample } from '../../datasets/samples.js';
import { MEAN_FACE_68 } from '../../evaluation/mean-shape-predictor.js';
import { type MtflPicture, parseMtflList } from '../../formats/mtfl-list.js';
import { applyAffine } from '../../geometry/affine.js';
import { alignSimilarity } from '../../geometry/align-similarity.js';
import type { Box } from '../../geometry/box.js';
import type { Point } from '../../geometry/point.js';
import { convertLandmarks } from '../../landmarks/convert.js';
import { faceBoxFromLandmarks } from '../../landmarks/face-box.js';
import { readImage } from '../images/read-image.js';
import { readList } from './files.js';

const MEAN_FACE_5 = convertLandmarks(MEAN_FACE_68, 68, 5);

/**
 * Opens MTFL (Zhang et al., ECCV 2014): faces of AFLW and LFW with five annotated points, in its layout of
 * `training.txt`, `testing.txt` and the folders of pictures that they name. MTFL has no boxes: the box is that of the
 * mean face laid over the points by a similarity, which makes it comparable to `faceBoxFromLandmarks`.
 *
 * Points are as in the lists. On copies shrunk to 80x80, AFLW's (`testing.txt`) lie 1.2 px, 2 % of the face, to the
 * right of and below the middles of the eyes: the bundled detector, unbiased on Helen, finds them 2.1 % more to the
 * left, and enlarged eyes show it. LFW's are 0.1 px off.
 *
 * A sample's group is the person for LFW (`Aaron_Guiel_0001.jpg`), the photograph for AFLW (`0001-image20056.jpg`).
 * Pictures are read when asked for.
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
  const pictures = parseMtflList(await readList(list, 'give the folder that holds it'), list);
  const read = async ({ file, points }: MtflPicture): Promise<AnnotatedSample> => {
    const image = await readImage(join(folder, file));
    return { id: file, image, box: boxAround(points), points: points.map((point) => ({ ...point })) };
  };
  return { scheme: 5, ...datasetOf(pictures, groupOf, read) };
}

function groupOf({ file }: MtflPicture): string {
  return basename(file).replace(/^\d+-|(_\d+)?\.\w+$/g, '');
}

function boxAround(points: readonly Point[]): Box {
  const laid = alignSimilarity(MEAN_FACE_5, points);
  return faceBoxFromLandmarks(MEAN_FACE_68.map((point) => applyAffine(laid, point)));
}
