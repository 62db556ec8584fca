import { faceAt } from '../../datasets/face-at.js';
import type { IdentityDataset } from '../../datasets/identity-dataset.js';
import type { UnlabelledDataset } from '../../datasets/unlabelled.js';
import { readImage } from '../images/read-image.js';

/** A file that shows a face and nothing else. */
export interface FacePicture {
  path: string;
  /** Names the face in messages. */
  id: string;
  identity: string;
}

/** Picture files as faces, read when asked for. The box is the whole picture. */
export function facePictures(pictures: readonly FacePicture[]): IdentityDataset {
  const at = (index: number) => faceAt(pictures, index);
  return {
    length: pictures.length,
    identity: (index) => at(index).identity,
    group: (index) => at(index).identity,
    async face(index) {
      const { path, id } = at(index);
      const image = await readImage(path);
      return { id, image, box: { x: 0, y: 0, width: image.width, height: image.height } };
    },
  };
}

/** The same of people who are not known: each picture is a group of its own. */
export function unnamedFacePictures(pictures: readonly Omit<FacePicture, 'identity'>[]): UnlabelledDataset {
  const { length, group, face } = facePictures(pictures.map((picture) => ({ ...picture, identity: picture.id })));
  return { length, group, face };
}
