import type { AugmentationConfig } from '../augmentation/augment.js';
import { augmentUnlabelled } from '../augmentation/augment-unlabelled.js';
import type { Dataset } from '../datasets/dataset.js';
import type { UnlabelledSample } from '../datasets/samples.js';
import type { RgbImage } from '../geometry/rgb-image.js';
import type { Random } from '../random.js';

/** Augmented real low-resolution faces of `size` pixels, one drawn at random by each of the `randoms`. */
export function drawRealFaces(
  real: Dataset<UnlabelledSample>,
  size: number,
  augmentation: AugmentationConfig,
  randoms: readonly Random[],
): Promise<RgbImage[]> {
  return Promise.all(
    randoms.map(async (random) => {
      const face = await real.get(random.integer(0, real.length - 1));
      return augmentUnlabelled(face, size, augmentation, random);
    }),
  );
}
