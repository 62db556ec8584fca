import { jitterBox, logUniform } from '../../augmentation/jitter-box.js';
import { shrinkAsCamera } from '../../augmentation/shrink-as-camera.js';
import { datasetOf, type LandmarkDataset } from '../../datasets/dataset.js';
import { splitForIdentification, type VideoFrame } from '../../datasets/identification-split.js';
import type { AnnotatedSample } from '../../datasets/samples.js';
import { DatasetError, InvalidArgumentError } from '../../errors.js';
import { personOfFrame, videoOfFrame } from '../../formats/youtube-faces-csv.js';
import { faceBoxFromLandmarks } from '../../landmarks/face-box.js';
import type { SizeRange } from '../../metrics/face-sizes.js';
import { boxSize } from '../../metrics/normalizers.js';
import { Random } from '../../random.js';
import { type LocatedFrame, listYouTubeFaces, readFrame } from './youtube-faces-landmarks.js';

/** How {@link openYouTubeFacesIdentities} divides people and shrinks their faces. */
export interface YouTubeFacesIdentitiesOptions {
  /**
   * Sizes of the small faces, `sqrt(width * height)` of the box, drawn log-uniformly; smaller faces keep their size.
   * 16-32 px by default: TinyFace's faces are 20x16 on average.
   */
  size?: Readonly<SizeRange> | undefined;
  /**
   * `jittered` (default): as by a poor face detector (`jitterBox`), because a box around the annotated points gives
   * them away. `exact`: the boxes of the points.
   */
  boxes?: 'exact' | 'jittered' | undefined;
  /** About which share of the people to identify; the others are to train with. Default 0.5, as in TinyFace. */
  testShare?: number | undefined;
  /** Which people these are, and the random numbers of every face. Default 0. */
  seed?: number | undefined;
}

/** The sets of closed-set identification, with landmarks of 68 points for every face. They are automatic and noisy. */
export type AnnotatedIdentificationSets = Record<'training' | 'gallery' | 'probes', LandmarkDataset<AnnotatedSample>>;

interface Frame extends VideoFrame {
  located: LocatedFrame;
  /** Path in the folder, `training/Ann_Lee_00.jpg`: both parts have files of the same name. */
  id: string;
}

/**
 * TinyFace's protocol on people of YouTube Faces: whole frames shrunk and degraded as by a distant camera
 * (`shrinkAsCamera`). Nobody to identify is trained with; gallery and probes of a person are from different videos. A
 * face is the same every time it is read. Its group is the person: resample people for intervals, because frames of one
 * person are not independent.
 *
 * A landmark detector that has learned from YouTube Faces, as the bundled one has, has seen these people. Train one
 * that has not with `splitByGroup(await openYouTubeFaces(folder), testShare, seed).training`.
 *
 * @param folder With `training` and `test` and their lists, as for `openYouTubeFaces`.
 * @throws DatasetError when a list is missing or malformed, names a frame twice or without person and video, or there
 *   are too few people.
 * @throws InvalidArgumentError when the sizes are not two positive numbers, the lower first, or the share is not
 *   between 0 and 1.
 * @example
 * const { gallery, probes } = await openYouTubeFacesIdentities('ytf', { size: { low: 16, high: 20 } });
 * const { image, box, points } = await probes.get(0);
 */
export async function openYouTubeFacesIdentities(
  folder: string,
  { size = { low: 16, high: 32 }, boxes = 'jittered', testShare = 0.5, seed = 0 }: YouTubeFacesIdentitiesOptions = {},
): Promise<AnnotatedIdentificationSets> {
  if (!(size.low > 0 && size.high >= size.low && size.high < Number.POSITIVE_INFINITY)) {
    throw new InvalidArgumentError(`Sizes ${size.low} to ${size.high} are not a range: give { low, high } in pixels.`);
  }
  if (!(testShare > 0 && testShare < 1)) {
    throw new InvalidArgumentError(`testShare is a share of the people between 0 and 1, not ${testShare}.`);
  }
  const split = splitForIdentification(framesOf(await listYouTubeFaces(folder), folder), testShare, seed);
  const make = async ({ located, id }: Frame): Promise<AnnotatedSample> => {
    const random = new Random(seed, ...Array.from(id, (character) => character.codePointAt(0)!));
    const drawn = logUniform(size.low, size.high, random);
    const frame = await readFrame(located);
    const scale = Math.min(1, drawn / boxSize(faceBoxFromLandmarks(frame.points)));
    const { image, points } = shrinkAsCamera(frame.image, frame.points, scale, random);
    const box = faceBoxFromLandmarks(points);
    return { id, image, points, box: boxes === 'exact' ? box : jitterBox(box, random) };
  };
  const opened = (frames: readonly Frame[]) => {
    return { scheme: 68 as const, ...datasetOf(frames, ({ person }) => person, make) };
  };
  return { training: opened(split.training), gallery: opened(split.gallery), probes: opened(split.probes) };
}

function framesOf(frames: readonly LocatedFrame[], folder: string): Frame[] {
  const known = new Set<string>();
  return frames.map((located) => {
    const id = `${located.part}/${located.file}`;
    const [person, video] = [personOfFrame(located.file), videoOfFrame(id)];
    if (!person || !video) {
      throw new DatasetError(`${folder}: ${id} is not named <person>_<digit of the video><digit of the frame>.jpg.`);
    }
    if (known.has(id)) throw new DatasetError(`${folder}: the lists name ${id} twice.`);
    known.add(id);
    return { located, id, person, video };
  });
}
