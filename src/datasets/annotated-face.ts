import type { SchemeName } from '../landmarks/schemes.js';
import type { IdentityDataset } from './identity-dataset.js';
import type { LandmarkSample } from './sample.js';
import type { UnlabelledFace } from './unlabelled.js';

/** A face of which both the box and the landmarks are known. */
export interface AnnotatedFace extends LandmarkSample, UnlabelledFace {}

/** Faces of which it is known whom they show and where their landmarks are: what perfect landmarks would be good for can be measured on them. */
export interface AnnotatedIdentityDataset extends IdentityDataset {
  readonly scheme: SchemeName;
  face(index: number): Promise<AnnotatedFace>;
}
