import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LandmarkDataset, LandmarkSample } from '../../datasets/sample.js';
import { DatasetError } from '../../errors.js';
import { type AnnotatedFrame, parseYouTubeFacesCsv, personOfFrame } from '../../formats/youtube-faces-csv.js';
import { readImage } from '../images/read-image.js';

const PARTS = ['training', 'test'] as const;

interface LocatedFrame extends AnnotatedFrame {
  part: (typeof PARTS)[number];
  path: string;
}

/**
 * Frames of YouTube Faces (Wolf et al. 2011) with 68 automatic, noisy landmarks: folders `training` and `test`, and a
 * `<part>_frames_keypoints.csv` for each. The same people occur in both parts, so both are joined here; split by `group`, the person.
 */
export class YouTubeFacesLandmarks implements LandmarkDataset {
  readonly scheme = 68;
  readonly #frames: readonly LocatedFrame[];

  private constructor(frames: readonly LocatedFrame[]) {
    this.#frames = frames;
  }

  /**
   * Reads the annotations; images are read when asked for.
   *
   * @throws DatasetError when a list is missing or malformed.
   */
  static async open(folder: string): Promise<YouTubeFacesLandmarks> {
    const parts = await Promise.all(
      PARTS.map(async (part) => {
        const list = join(folder, `${part}_frames_keypoints.csv`);
        const text = await readFile(list, 'utf8').catch((error: unknown) => {
          throw new DatasetError(`${list} cannot be read: give the folder that holds it.`, { cause: error });
        });
        return parseYouTubeFacesCsv(text, list).map((frame) => ({
          ...frame,
          part,
          path: join(folder, part, frame.file),
        }));
      }),
    );
    return new YouTubeFacesLandmarks(parts.flat());
  }

  /** Number of frames. */
  get length(): number {
    return this.#frames.length;
  }

  /** The person. */
  group(index: number): string {
    return personOfFrame(this.#frames[index]!.file);
  }

  /** The frame's file, from the folder on: `training/Ann_Lee_00.jpg`. Both parts have files of one name. */
  file(index: number): string {
    const { part, file } = this.#frames[index]!;
    return `${part}/${file}`;
  }

  async sample(index: number): Promise<LandmarkSample> {
    const { file, path, points } = this.#frames[index]!;
    return { id: file, image: await readImage(path), points };
  }
}
