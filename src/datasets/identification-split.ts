import { DatasetError } from '../errors.js';
import { Random } from '../random.js';
import type { Dataset } from './dataset.js';
import { isHeldOut } from './dataset-tools.js';
import type { UnlabelledSample } from './samples.js';

/**
 * The sets of closed-set identification (the TinyFace protocol, section 4.3). A sample's group is the person it shows.
 */
export interface IdentificationSets {
  /** Faces of other people than the rest, to train an embedder with, and stage two as with other real faces (L3). */
  training: Dataset<UnlabelledSample>;
  /** Enrolled faces. */
  gallery: Dataset<UnlabelledSample>;
  /** Faces to identify, each of a person in the gallery. */
  probes: Dataset<UnlabelledSample>;
  /** More faces in the gallery, of people without probes; each is a group of its own. The paper leaves them out. */
  distractors?: Dataset<UnlabelledSample>;
}

/** The person in a frame, and the video of that person. */
export interface VideoFrame {
  person: string;
  video: string;
}

/** Frames by their role in closed-set identification. */
export type IdentificationSplit<T> = Record<'training' | 'gallery' | 'probes', T[]>;

/**
 * Divides frames of people's videos as TinyFace divides its pictures: some people to train with, the others to
 * identify. Half of the videos of each of the others (rounded down) are the gallery and the rest probes, so that nobody
 * is identified by a frame of the same video. People of a single video are trained with.
 *
 * @param testShare About which share of the people to identify. TinyFace: a half.
 * @param seed Which people these are (those that `splitByGroup` holds out) and which of their videos are the gallery,
 *   independent of the other people.
 * @throws DatasetError when nobody is left to train with, or to identify.
 */
export function splitForIdentification<T extends VideoFrame>(
  frames: readonly T[],
  testShare: number,
  seed: number,
): IdentificationSplit<T> {
  const videos = new Map<string, Set<string>>();
  for (const { person, video } of frames) videos.set(person, (videos.get(person) ?? new Set()).add(video));
  const galleryVideos = new Map<string, ReadonlySet<string>>();
  for (const [person, all] of videos) {
    if (all.size < 2 || !isHeldOut(person, testShare, seed)) continue;
    const random = new Random(seed, 1, ...Array.from(person, (character) => character.codePointAt(0)!));
    galleryVideos.set(person, new Set(random.shuffle([...all].sort()).slice(0, Math.floor(all.size / 2))));
  }
  if (galleryVideos.size === 0 || galleryVideos.size === videos.size) {
    throw new DatasetError(
      `${galleryVideos.size} of ${videos.size} people are left to identify, the others to train with: give more people of at least two videos, or another share than ${testShare}.`,
    );
  }
  const split: IdentificationSplit<T> = { training: [], gallery: [], probes: [] };
  for (const frame of frames) {
    const enrolled = galleryVideos.get(frame.person);
    split[!enrolled ? 'training' : enrolled.has(frame.video) ? 'gallery' : 'probes'].push(frame);
  }
  return split;
}
