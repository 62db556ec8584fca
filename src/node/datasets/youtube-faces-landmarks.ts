import { join } from 'node:path';
import { datasetOf, type LandmarkDataset } from '../../datasets/dataset.js';
import type { LandmarkSample } from '../../datasets/samples.js';
import { type AnnotatedFrame, parseYouTubeFacesCsv, personOfFrame } from '../../formats/youtube-faces-csv.js';
import { readImage } from '../images/read-image.js';
import { readList } from './files.js';

const PARTS = ['training', 'test'] as const;

/** A frame and where it is. */
export interface LocatedFrame extends AnnotatedFrame {
  part: (typeof PARTS)[number];
  path: string;
}

/**
 * Opens frames of YouTube Faces (Wolf et al. 2011) with 68 automatic, noisy landmarks: folders `training` and `test`,
 * each with a `<part>_frames_keypoints.csv`, joined because the same people occur in both. A sample's group is the
 * person. Images are read when asked for.
 *
 * @throws DatasetError when a list is missing or malformed.
 * @example
 * const { training, validation } = splitByGroup(await openYouTubeFaces('ytf'), 0.05, 0);
 */
export async function openYouTubeFaces(folder: string): Promise<LandmarkDataset> {
  return { scheme: 68, ...datasetOf(await listYouTubeFaces(folder), ({ file }) => personOfFrame(file), readFrame) };
}

/** The frames of both parts, in the order of their lists. */
export async function listYouTubeFaces(folder: string): Promise<LocatedFrame[]> {
  const parts = await Promise.all(
    PARTS.map(async (part) => {
      const list = join(folder, `${part}_frames_keypoints.csv`);
      const frames = parseYouTubeFacesCsv(await readList(list, 'give the folder that holds it'), list);
      return frames.map((frame) => ({ ...frame, part, path: join(folder, part, frame.file) }));
    }),
  );
  return parts.flat();
}

/** The frame as a sample. */
export async function readFrame({ file, path, points }: LocatedFrame): Promise<LandmarkSample> {
  return { id: file, image: await readImage(path), points };
}
