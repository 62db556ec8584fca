import { basename, join, resolve } from 'node:path';
import { type Dataset, datasetOf } from '../../datasets/dataset.js';
import type { UnlabelledSample } from '../../datasets/samples.js';
import { DatasetError } from '../../errors.js';
import { parseWiderFaceList, type WiderFace } from '../../formats/wider-face-list.js';
import type { Box } from '../../geometry/box.js';
import { pasteImage } from '../../geometry/paste-image.js';
import type { RgbImage } from '../../geometry/rgb-image.js';
import { readImage } from '../images/read-image.js';
import { filesIn, pathFinder, readList } from './files.js';

/** Which faces of WIDER FACE to take, by the longer side of their box in pixels. */
export interface WiderFacesOptions {
  /** 12 by default: in smaller ones nobody can make out the eyes. */
  smallest?: number;
  /** 40 by default. */
  largest?: number;
}

/** A face this much occluded is left out. */
const HEAVY_OCCLUSION = 2;
/** From a face's middle to each side, in its longer sides. The paper's augmentation reaches 1.21 of them. */
const CONTEXT = 1.5;

/**
 * Opens the small faces of WIDER FACE (Yang et al. 2016), the paper's real low-resolution faces, in its official
 * layout: `WIDER_train/images/` and `wider_face_split/wider_face_train_bbx_gt.txt`. Heavily occluded and invalid ones
 * are left out. A sample's group is the photograph's file. Pictures are read when asked for.
 *
 * @throws DatasetError when the annotations or one of their pictures are missing, or malformed.
 * @example
 * const faces = await openWiderFaces('wider');
 * const { image, box } = await faces.get(0);
 */
export async function openWiderFaces(
  folder: string,
  { smallest = 12, largest = 40 }: WiderFacesOptions = {},
): Promise<Dataset<UnlabelledSample>> {
  const list = join(folder, 'wider_face_split', 'wider_face_train_bbx_gt.txt');
  const text = await readList(list, 'give the folder that holds WIDER_train and wider_face_split');
  const images = join(folder, 'WIDER_train', 'images');
  const find = pathFinder(await filesIn(images, ['jpg', 'jpeg', 'png']));
  const isWanted = ({ box: { width, height }, occlusion, invalid }: WiderFace) => {
    const side = Math.max(width, height);
    const isVisible = !invalid && occlusion < HEAVY_OCCLUSION && Math.min(width, height) > 0;
    return isVisible && side >= smallest && side <= largest;
  };
  const faces = parseWiderFaceList(text, list).flatMap(({ file, faces }) => {
    const path = find(resolve(images, file));
    if (!path) throw new DatasetError(`${list} names ${file}, which is not in ${images}.`);
    return faces.filter(isWanted).map(({ box }) => ({ path, box }));
  });
  if (faces.length === 0) throw new DatasetError(`${list} has no visible face of ${smallest} to ${largest} pixels.`);
  return datasetOf(
    faces,
    ({ path }) => basename(path),
    async ({ path, box }) => ({
      id: `${basename(path)} at ${box.x}, ${box.y}`,
      ...cutAround(await readImage(path), box),
    }),
  );
}

/** A face with as much around it as augmentation may show: thousands of photographs would not fit in memory. */
function cutAround(image: RgbImage, box: Box): { image: RgbImage; box: Box } {
  const { width, height } = image;
  const reach = CONTEXT * Math.max(box.width, box.height);
  const [middleX, middleY] = [box.x + box.width / 2, box.y + box.height / 2];
  const [left, top] = [Math.max(0, Math.floor(middleX - reach)), Math.max(0, Math.floor(middleY - reach))];
  const [right, bottom] = [Math.min(width, Math.ceil(middleX + reach)), Math.min(height, Math.ceil(middleY + reach))];
  const cut = { data: new Uint8Array((right - left) * (bottom - top) * 3), width: right - left, height: bottom - top };
  pasteImage(cut, image, -left, -top);
  return { image: cut, box: { ...box, x: box.x - left, y: box.y - top } };
}
