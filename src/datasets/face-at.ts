import { DatasetError } from '../errors.js';

/**
 * What a dataset holds at an index.
 *
 * @throws DatasetError when there is none.
 */
export function faceAt<Face>(faces: readonly Face[], index: number): Face {
  const face = faces[index];
  if (face === undefined) {
    throw new DatasetError(`Face ${index} does not exist: the dataset has ${faces.length}.`);
  }
  return face;
}
