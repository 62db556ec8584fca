import { join } from 'node:path';
import { jitterBox } from '../../augmentation/jitter-box.js';
import type { LandmarkDataset } from '../../datasets/dataset.js';
import { evenlySpread } from '../../datasets/dataset-tools.js';
import type { AnnotatedSample } from '../../datasets/samples.js';
import { DatasetError } from '../../errors.js';
import type { FaceSet } from '../../evaluation/evaluated-face.js';
import { boxSize } from '../../metrics/normalizers.js';
import { Random } from '../../random.js';
import { openAnnotatedFaces } from './annotated-faces.js';
import { isFolder } from './is-folder.js';
import { EVALUATION_SEED } from './shrink-face.js';
import { type SmallFaceSetOptions, smallFaceSet } from './small-face-set.js';
import { openTestData } from './training-data.js';

const BOX_STREAM = 8;

/**
 * The labelled small faces of a place on disk: a list of annotated faces ({@link openAnnotatedFaces}), which are taken
 * as they are, or a data folder, whose 300-W test photographs are shrunk by {@link smallFaceSet}.
 *
 * @param place A CSV, a folder with an `index.csv`, or one with `300w/afw`, `300w/ibug` or `300w/testset`.
 * @param options.sizes For photographs alone: annotated faces have the sizes they have.
 * @throws DatasetError when it is none of these, or has no face.
 * @example
 * const faces = await openEvaluationFaces('data', { limit: 50 });
 */
export async function openEvaluationFaces(place: string, options: SmallFaceSetOptions = {}): Promise<FaceSet> {
  if (!(await isFolder(place))) return asAnnotated(await openAnnotatedFaces(place), options);
  const test = await openTestData(place);
  if (test) return smallFaceSet('shrunk 300-W test faces', test, options);
  const list = await openAnnotatedFaces(join(place, 'index.csv')).catch((cause: unknown) => {
    throw new DatasetError(
      `${place} has no 300-W test faces (300w/afw, 300w/ibug or 300w/testset), and no list of annotated faces: give another folder, or a CSV. ${(cause as Error).message}`,
      { cause },
    );
  });
  return asAnnotated(list, options);
}

/** Annotated faces as they are, in their boxes. Errors are shares of the box, as on the paper's ALRF. */
function asAnnotated(
  dataset: LandmarkDataset<AnnotatedSample>,
  { boxes = 'exact', seed = EVALUATION_SEED, limit }: Omit<SmallFaceSetOptions, 'sizes'> = {},
): FaceSet {
  if (dataset.length === 0) throw new DatasetError('There is no annotated face to evaluate on.');
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
