import { describe, expect, it } from 'vitest';
import { type Dataset, datasetOf } from '../../src/datasets/dataset.js';
import type { UnlabelledSample } from '../../src/datasets/samples.js';
import { boxAligner, type FaceAligner } from '../../src/evaluation/face-aligner.js';
import { alignDataset, identifyPeople } from '../../src/evaluation/identify-people.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import type { FaceEmbedder } from '../../src/recognition/face-embedder.js';

function plain(red: number, green: number, blue: number): RgbImage {
  return { data: Float32Array.from({ length: 8 * 8 * 3 }, (_, i) => [red, green, blue][i % 3]!), width: 8, height: 8 };
}

/** People told apart by their colour alone. */
function people(colours: readonly (readonly [string, number, number, number])[]): Dataset<UnlabelledSample> {
  const box = { x: 0, y: 0, width: 8, height: 8 };
  const samples = colours.map(([name, ...colour], index) => ({ id: `${name}/${index}`, image: plain(...colour), box }));
  return datasetOf(samples, ({ id }) => id.split('/')[0]!);
}

/** The mean colour of a face. */
const colour: FaceEmbedder = {
  name: 'colour',
  inputSize: 8,
  embed: async (faces) => faces.map(({ data }) => Float32Array.from(data.subarray(0, 3))),
};

const gallery = people([
  ['Ada', 200, 10, 10],
  ['Bob', 10, 200, 10],
  ['Cyd', 10, 10, 200],
]);
const probes = people([
  ['Ada', 180, 20, 15],
  ['Bob', 30, 90, 20],
  // Looks more like Ada.
  ['Cyd', 90, 10, 80],
]);

describe('identifyPeople', () => {
  it('ranks the gallery by the nearest embedding', async () => {
    const aligned = async (dataset: Dataset<UnlabelledSample>) => (await alignDataset(boxAligner(), dataset, 8)).faces;
    const found = await identifyPeople(colour, { gallery: await aligned(gallery), probes: await aligned(probes) });
    expect(found.ranks).toEqual([1, 1, 2]);
    expect(found.top1).toBeCloseTo(200 / 3, 10);
    // TinyFace's average precision is by trapezoids: (0 + 1/2) / 2 for a mate at rank 2.
    expect(found.map).toBeCloseTo((1 + 1 + 0.25) / 3, 10);
  });

  it('ranks distractors among the gallery', async () => {
    const aligned = async (dataset: Dataset<UnlabelledSample>) => (await alignDataset(boxAligner(), dataset, 8)).faces;
    const sets = { gallery: await aligned(gallery), probes: await aligned(probes) };
    const distractors = await aligned(people([['nobody', 30, 90, 20]]));
    expect((await identifyPeople(colour, { ...sets, distractors })).ranks).toEqual([1, 2, 2]);
  });

  it("rejects with the signal's reason", async () => {
    const aligned = (await alignDataset(boxAligner(), gallery, 8)).faces;
    const stopped = identifyPeople(
      colour,
      { gallery: aligned, probes: aligned },
      AbortSignal.abort(new Error('enough')),
    );
    await expect(stopped).rejects.toThrow('enough');
  });
});

describe('alignDataset', () => {
  it('uses the box of a face that cannot be aligned, and lists it as lost', async () => {
    const choosy: FaceAligner = {
      name: 'choosy',
      async align(face, size) {
        if (face.id === 'Bob/1') throw new Error('no eyes');
        return { ...(await boxAligner().align(face, size)), data: new Float32Array(size * size * 3) };
      },
    };
    const progress: number[][] = [];
    const { faces, lost } = await alignDataset(choosy, gallery, 8, { onProgress: (...told) => progress.push(told) });
    expect(lost).toEqual([{ id: 'Bob/1', failure: 'no eyes' }]);
    expect(faces.map(({ id, identity }) => [id, identity])).toEqual([
      ['Ada/0', 'Ada'],
      ['Bob/1', 'Bob'],
      ['Cyd/2', 'Cyd'],
    ]);
    expect(faces.map(({ image }) => Math.round(image.data[1]!))).toEqual([0, 200, 0]);
    expect(progress).toEqual([
      [1, 3, 0],
      [2, 3, 1],
      [3, 3, 1],
    ]);
  });

  it('stops between faces when the signal aborts', async () => {
    const controller = new AbortController();
    const stopped = alignDataset(boxAligner(), gallery, 8, {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(stopped).rejects.toThrow('enough');
  });
});
