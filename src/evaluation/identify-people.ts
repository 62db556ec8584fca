import type { AlignedSample } from '../datasets/samples.js';
import { type Identification, type IdentifiedFace, identify } from '../metrics/identification.js';
import { embedFaces } from '../recognition/embed-faces.js';
import type { FaceEmbedder } from '../recognition/face-embedder.js';

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
