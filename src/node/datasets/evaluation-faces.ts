import { join } from 'node:path';
import { jitterBox } from '../../augmentation/jitter-box.js';
import { evenlySpread } from '../../datasets/dataset-tools.js';
import { DatasetError } from '../../errors.js';
import type { FaceSet } from '../../evaluation/evaluated-face.js';
import { boxSize } from '../../metrics/normalizers.js';
import { Random } from '../../random.js';
import { openAnnotatedFaces } from './annotated-faces.js';
import { isFolder } from './files.js';
import { EVALUATION_SEED } from './shrink-face.js';
import { type SmallFaceSetOptions, smallFaceSet } from './small-face-set.js';
import { openTestData, TEST_PLACES } from './test-sets-300w.js';

const BOX_STREAM = 8;

/**
 * Opens labelled small faces: annotated ones ({@link openAnnotatedFaces}) as they are, or 300-W's test photographs in a
 * data folder, shrunk by {@link smallFaceSet}.
 *
 * @param place A CSV, a folder with an `index.csv`, or a data folder with 300-W's test sets in `300w`.
 * @param options.sizes For photographs only: annotated faces have the sizes they have.
 * @throws DatasetError when it is none of these, or has no face.
 * @example
 * const faces = await openEvaluationFaces('data', { limit: 50 });
 */
export async function openEvaluationFaces(place: string, options: SmallFaceSetOptions = {}): Promise<FaceSet> {
  if (!(await isFolder(place))) return annotatedFaceSet(place, options);
  const test = await openTestData(place);
  if (test) return smallFaceSet('shrunk 300-W test faces', test, options);
  return annotatedFaceSet(join(place, 'index.csv'), options).catch((cause: Error) => {
    const message = `${place} has no 300-W test faces (${TEST_PLACES}) and no list of annotated faces: give another folder, or a CSV. ${cause.message}`;
    throw new DatasetError(message, { cause });
  });
}

/** Annotated faces in their own boxes. Errors are shares of the box, as on the paper's ALRF. */
async function annotatedFaceSet(
  list: string,
  { boxes = 'exact', seed = EVALUATION_SEED, limit }: SmallFaceSetOptions,
): Promise<FaceSet> {
  const dataset = await openAnnotatedFaces(list);
  const chosen = evenlySpread(dataset.length, limit);
  return {
    name: 'annotated faces',
    scheme: dataset.scheme,
    normalizer: 'face box',
    length: chosen.length,
    async face(index) {
      const number = chosen[index]!;
      const { id, image, box, points } = await dataset.get(number);
      const size = boxSize(box);
      const given = boxes === 'exact' ? box : jitterBox(box, new Random(seed, BOX_STREAM, number));
      return { id, group: dataset.group(number), image, box: given, points, size, normalizer: size };
    },
  };
}
