import { DatasetError } from '../errors.js';
import { Random } from '../random.js';
import type { Dataset } from './dataset.js';
import { isHeldOut } from './dataset-tools.js';
import type { UnlabelledSample } from './samples.js';

/**
 * The sets of closed-set identification (the TinyFace protocol, section 4.3). A sample's group is the person it shows.
 */
export interface IdentificationSets {
  /**
   * Faces to train an embedder with, of other people than the rest. They have no landmarks, so that stage two can learn
   * from them as from other real faces (setting L3).
   */
  training: Dataset<UnlabelledSample>;
  /** Enrolled faces. */
  gallery: Dataset<UnlabelledSample>;
  /** Faces to be found in the gallery. Each shows somebody who is there. */
  probes: Dataset<UnlabelledSample>;
  /**
   * More faces in the gallery, of people whom no probe shows; each is a group of its own. The paper leaves them out.
   */
  distractors?: Dataset<UnlabelledSample>;
}

/** Whom a frame shows, and in which video of that person it is. */
export interface VideoFrame {
  person: string;
  video: string;
}

/** Frames by their role in closed-set identification. */
export interface IdentificationSplit<T> {
  training: T[];
  gallery: T[];
  probes: T[];
}

/**
 * Divides frames of people's videos as TinyFace divides its pictures: some people to train with, the others to be
 * found. Half of the videos of each of the others (rounded down) are the gallery and the rest are probes, so that
 * nobody is found by a frame of the same video. People of a single video cannot be found and are trained with.
 *
 * @param testShare About which share of the people is to be found. TinyFace: a half.
 * @param seed Which people these are, exactly those that `splitByGroup` holds out with this share and seed, and which
 *   of their videos are the gallery. What becomes of a person does not depend on the others.
 * @throws DatasetError when nobody is left to train with, or nobody to be found.
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
      `Of ${videos.size} people, ${galleryVideos.size} are to be found and the others to train with: give more people of at least two videos, or another share than ${testShare}.`,
    );
  }
  const split: IdentificationSplit<T> = { training: [], gallery: [], probes: [] };
  for (const frame of frames) {
    const enrolled = galleryVideos.get(frame.person);
    if (!enrolled) split.training.push(frame);
    else if (enrolled.has(frame.video)) split.gallery.push(frame);
    else split.probes.push(frame);
  }
  return split;
}
