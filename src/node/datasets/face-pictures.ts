import { type Dataset, datasetOf } from '../../datasets/dataset.js';
import type { UnlabelledSample } from '../../datasets/samples.js';
import { readImage } from '../images/read-image.js';

/** A file that shows a face and nothing else. */
export interface FacePicture {
  path: string;
  /** Names the sample in messages. */
  id: string;
  /** The person; by default the picture is a group of its own. */
  identity?: string;
}

/** Picture files as samples, read when asked for. The box is the whole picture, the group is the person. */
export function facePictures(pictures: readonly FacePicture[]): Dataset<UnlabelledSample> {
  return datasetOf(
    pictures,
    ({ identity, id }) => identity ?? id,
    async ({ path, id }) => {
      const image = await readImage(path);
      return { id, image, box: { x: 0, y: 0, width: image.width, height: image.height } };
    },
  );
}
