import type { Dataset } from '../datasets/dataset.js';
import type { AlignedSample, UnlabelledSample } from '../datasets/samples.js';
import { type Identification, type IdentifiedFace, identify } from '../metrics/identification.js';
import { embedFaces } from '../recognition/embed-faces.js';
import type { FaceEmbedder } from '../recognition/face-embedder.js';
import { giveTurn } from '../turns.js';
import { boxAligner, type FaceAligner } from './face-aligner.js';

/** How {@link alignDataset} goes. */
export interface AlignDatasetOptions {
  /** Called after each face; `lost` of those done could not be aligned. */
  onProgress?: ((done: number, total: number, lost: number) => void) | undefined;
  /** Stops before the next face: the promise rejects with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** The faces of a dataset, aligned. */
export interface AlignedDataset {
  /** All of them, in the dataset's order. */
  faces: AlignedSample[];
  /** Those that could not be aligned, and why. They are among `faces` as the square around their box. */
  lost: { id: string; failure: string }[];
}

/**
 * Aligns each face of a dataset. A face on which the aligner throws is kept unaligned, as identification must rank
 * every probe, and listed as lost.
 *
 * @param size Side of the aligned faces, in pixels.
 */
export async function alignDataset(
  aligner: FaceAligner,
  dataset: Dataset<UnlabelledSample>,
  size: number,
  { onProgress, signal }: AlignDatasetOptions = {},
): Promise<AlignedDataset> {
  const unaligned = boxAligner();
  const faces: AlignedSample[] = [];
  const lost: AlignedDataset['lost'] = [];
  for (let index = 0; index < dataset.length; index++) {
    await giveTurn();
    signal?.throwIfAborted();
    const face = await dataset.get(index);
    const image = await aligner.align(face, size).catch((error: unknown) => {
      lost.push({ id: face.id, failure: error instanceof Error ? error.message : String(error) });
      return unaligned.align(face, size);
    });
    faces.push({ id: face.id, identity: dataset.group(index), image });
    onProgress?.(faces.length, dataset.length, lost.length);
  }
  return { faces, lost };
}

/** The aligned faces of a closed-set identification. */
export interface AlignedSets {
  gallery: readonly AlignedSample[];
  probes: readonly AlignedSample[];
  /** More faces in the gallery, of people who are in no probe. */
  distractors?: readonly Pick<AlignedSample, 'id' | 'image'>[] | undefined;
}

/**
 * Closed-set identification of aligned faces (the TinyFace protocol, section 4.3): embeddings with flip fusion,
 * compared by cosine.
 *
 * @param signal Stops between batches: the promise rejects with its reason.
 */
export async function identifyPeople(
  embedder: FaceEmbedder,
  { gallery, probes, distractors = [] }: AlignedSets,
  signal?: AbortSignal,
): Promise<Identification> {
  const embed = (faces: readonly Pick<AlignedSample, 'id' | 'image'>[]) =>
    embedFaces(
      embedder,
      faces.map(({ image }) => image),
      { nameOf: (index) => faces[index]!.id, ...(signal && { signal }) },
    );
  const identified = async (faces: readonly AlignedSample[]): Promise<IdentifiedFace[]> => {
    const embeddings = await embed(faces);
    return faces.map(({ identity }, index) => ({ identity, embedding: embeddings[index]! }));
  };
  return identify(await identified(probes), await identified(gallery), await embed(distractors));
}
