import { cachedUnlabelled, type UnlabelledDataset } from './unlabelled.js';

/** Faces of which it is known whom they show. They have no landmarks, so that stage two can learn from them as from other real faces (setting L3). */
export interface IdentityDataset extends UnlabelledDataset {
  /** Whom the face at `index` shows. */
  identity(index: number): string;
}

/** The sets of closed-set identification (the TinyFace protocol, section 4.3). */
export interface IdentificationSets {
  /** Faces to train an embedder with, of other people than the rest. */
  training: IdentityDataset;
  /** Enrolled faces. */
  gallery: IdentityDataset;
  /** Faces to be found in the gallery. Each shows somebody who is there. */
  probes: IdentityDataset;
  /** More faces in the gallery, of people whom no probe shows. The paper leaves them out. */
  distractors?: UnlabelledDataset;
}

/** A dataset that keeps each face in memory once it has been read. */
export function cachedIdentities(dataset: IdentityDataset): IdentityDataset {
  return { ...cachedUnlabelled(dataset), identity: (index) => dataset.identity(index) };
}
