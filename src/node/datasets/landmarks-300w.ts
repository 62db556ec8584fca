import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { glob } from 'tinyglobby';
import type { LandmarkDataset, LandmarkSample } from '../../datasets/sample.js';
import { DatasetError } from '../../errors.js';
import { parsePts } from '../../formats/pts.js';
import { readImage } from '../images/read-image.js';

const IMAGE_EXTENSIONS = ['.jpg', '.png', '.jpeg'];

/**
 * 300-W (Sagonas et al. 2013) in its official layout: images with a `.pts` file of 68 points beside each, in any depth of folders.
 *
 * @example
 * const helen = await Landmarks300W.open('300w/helen/trainset');
 * const { image, points } = await helen.sample(0);
 */
export class Landmarks300W implements LandmarkDataset {
  readonly scheme = 68;
  readonly #images: readonly string[];

  private constructor(images: readonly string[]) {
    this.#images = images;
  }

  /**
   * Finds the images of a folder. They are read when asked for.
   *
   * @param exclude Names of folders to leave out, such as a test set's.
   * @throws DatasetError when the folder has no `.pts` file, or one of them has no image.
   */
  static async open(folder: string, exclude: readonly string[] = []): Promise<Landmarks300W> {
    const files = await filesIn(folder, '**/*.{pts,jpg,jpeg,png}', exclude);
    const present = new Set(files);
    const annotations = files.filter((file) => extname(file) === '.pts').sort();
    if (annotations.length === 0) {
      throw new DatasetError(
        `${folder} has no .pts file: give the folder that holds 300-W's images and their .pts files.`,
      );
    }
    const images = annotations.map((annotation) => {
      const stem = annotation.slice(0, -'.pts'.length);
      const image = IMAGE_EXTENSIONS.map((extension) => stem + extension).find((file) => present.has(file));
      if (!image) throw new DatasetError(`${annotation} has no image beside it (${IMAGE_EXTENSIONS.join(', ')}).`);
      return image;
    });
    return new Landmarks300W(images);
  }

  /** Number of annotated faces. */
  get length(): number {
    return this.#images.length;
  }

  /**
   * Each photograph is a group of its own, however many of its faces are annotated (`name_1`, `name_2`). Longer numbers, such as
   * LFPW's `image_0001`, are part of the photograph's name.
   */
  group(index: number): string {
    return basename(this.#images[index]!).replace(/(_\d{1,2})?\.\w+$/, '');
  }

  async sample(index: number): Promise<LandmarkSample> {
    const file = this.#images[index]!;
    const annotation = `${file.slice(0, -extname(file).length)}.pts`;
    const points = parsePts(await readFile(annotation, 'utf8'), annotation);
    if (points.length !== 68) throw new DatasetError(`${annotation} has ${points.length} points, not the 68 of 300-W.`);
    return { id: basename(file), image: await readImage(file), points };
  }
}

/** Whether a folder holds faces in 300-W's layout, in others than the excluded folders. */
export async function has300WFaces(folder: string, exclude: readonly string[]): Promise<boolean> {
  return (await filesIn(folder, '**/*.pts', exclude)).length > 0;
}

function filesIn(folder: string, pattern: string, exclude: readonly string[]): Promise<string[]> {
  return glob(pattern, { cwd: folder, absolute: true, ignore: exclude.map((name) => `**/${name}/**`) });
}
