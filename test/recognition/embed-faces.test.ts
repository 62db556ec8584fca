import { describe, expect, it } from 'vitest';
import { DisposedError, InvalidArgumentError, InvalidImageError } from '../../src/errors.js';
import type { RgbImage } from '../../src/geometry/rgb-image.js';
import { LightCNN29 } from '../../src/networks/light-cnn.js';
import { Random } from '../../src/random.js';
import { embedFaces } from '../../src/recognition/embed-faces.js';
import type { FaceEmbedder } from '../../src/recognition/face-embedder.js';
import { LightCnnEmbedder } from '../../src/recognition/light-cnn-embedder.js';
import { largestDifference } from '../support/numbers.js';
import { expectNoLeak } from '../support/tensors.js';

function face(index: number, size = 2): RgbImage {
  const random = new Random(5, index);
  return {
    data: Uint8Array.from({ length: size * size * 3 }, () => random.integer(1, 255)),
    width: size,
    height: size,
  };
}

const faces = Array.from({ length: 7 }, (_, index) => face(index));

/** Its vectors are the red of the upper two pixels; `change` changes what it returns for all the faces of a batch. */
function redEmbedder(change = (vectors: Float32Array[]) => vectors): FaceEmbedder & { batches: number[] } {
  const batches: number[] = [];
  return {
    name: 'red',
    inputSize: 2,
    batches,
    async embed(given) {
      batches.push(given.length);
      return change(given.map(({ data }) => Float32Array.of(data[0]!, data[3]!)));
    },
  };
}

describe('embedFaces', () => {
  it('adds the mirror image’s embedding, in batches, in order, and reports progress', async () => {
    const progress: [number, number][] = [];
    const embedder = redEmbedder();
    const onProgress = (...at: [number, number]) => progress.push(at);
    const found = await embedFaces(embedder, faces, { batchSize: 3, onProgress });
    const sums = faces.map(({ data }) => data[0]! + data[3]!);
    expect(found.map((vector) => [...vector])).toEqual(sums.map((sum) => [sum, sum]));
    expect(embedder.batches).toEqual([6, 6, 2]);
    expect(progress).toEqual([
      [3, 7],
      [6, 7],
      [7, 7],
    ]);
  });

  it('leaves the mirror image out with flip: false', async () => {
    const embedder = redEmbedder();
    const found = await embedFaces(embedder, faces, { flip: false });
    expect(found.map((vector) => [...vector])).toEqual(faces.map(({ data }) => [data[0], data[3]]));
    expect(embedder.batches).toEqual([7]);
  });

  it('gives a face and its mirror image the same embedding', async () => {
    using network = new LightCNN29({ inputSize: 8, widths: [4, 4, 4, 4], embeddingSize: 8, seed: 1 });
    const own = face(3, 8);
    const rows = Array.from({ length: 8 }, (_, y) => Array.from({ length: 8 }, (_, x) => (y * 8 + 7 - x) * 3));
    const turned = rows.flat().flatMap((at) => [own.data[at]!, own.data[at + 1]!, own.data[at + 2]!]);
    const mirrored = { ...own, data: Uint8Array.from(turned) };
    const [first, second] = await embedFaces(new LightCnnEmbedder(network), [own, mirrored]);
    expect(largestDifference(first!, second!)).toBeLessThan(1e-6);
  });

  it('returns an empty list for no faces', async () => {
    expect(await embedFaces(redEmbedder(), [])).toEqual([]);
  });

  it('stops before the next batch when the signal aborts', async () => {
    const controller = new AbortController();
    const embedder = redEmbedder();
    const run = embedFaces(embedder, faces, {
      batchSize: 2,
      signal: controller.signal,
      onProgress: (done) => done === 4 && controller.abort(new Error('enough')),
    });
    await expect(run).rejects.toThrow('enough');
    expect(embedder.batches).toEqual([4, 4]);
  });

  const nth = (n: number, make: (vector: Float32Array) => Float32Array) => (vectors: Float32Array[]) =>
    vectors.map((vector, i) => (i === n ? make(vector) : vector));
  it.each<[string, (vectors: Float32Array[]) => Float32Array[], string]>([
    ['NaN', nth(1, () => Float32Array.of(1, Number.NaN)), 'NaN or infinite numbers for face 4'],
    ['another length', nth(1, () => Float32Array.of(1)), 'a vector of 1 numbers, where the first has 2 for face 1'],
    ['zeros', nth(0, () => new Float32Array(2)), 'zeros only for face 0'],
    ['empty vectors', (vectors) => vectors.map(() => new Float32Array(0)), 'a vector of 0 numbers'],
    ['too few vectors', (vectors) => vectors.slice(1), '2 vectors for 3 faces'],
  ])('names the embedder and the face when it returns %s', async (what, change, message) => {
    let batch = 0;
    const embedder = redEmbedder((vectors) => (batch++ === (what === 'NaN' ? 1 : 0) ? change(vectors) : vectors));
    const error = await embedFaces(embedder, faces, { batchSize: 3, flip: false }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect((error as Error).message).toContain(`The embedder red returned ${message}`);
  });

  it('refuses a face of another size by name, before embedding any, and a batch size of 0', async () => {
    const embedder = redEmbedder();
    const given = [faces[0]!, face(1, 3)];
    const run = () => embedFaces(embedder, given, { nameOf: (index) => ['ada.jpg', 'bob.jpg'][index]! });
    await expect(run()).rejects.toThrow(InvalidImageError);
    await expect(run()).rejects.toThrow('The embedder red takes 2 x 2 pixels, bob.jpg has 3 x 3');
    await expect(embedFaces(embedder, faces, { batchSize: 0 })).rejects.toThrow(InvalidArgumentError);
    expect(embedder.batches).toEqual([]);
  });

  it('rejects with the embedder’s own error', async () => {
    const embedder: FaceEmbedder = { name: 'x', inputSize: 2, embed: () => Promise.reject(new Error('no memory')) };
    await expect(embedFaces(embedder, faces)).rejects.toThrow('no memory');
  });
});

describe('LightCnnEmbedder', () => {
  it('returns the network’s embeddings for any number of faces, and leaks no tensor', () =>
    expectNoLeak(async () => {
      const network = new LightCNN29({ inputSize: 8, widths: [4, 4, 4, 4], embeddingSize: 8, seed: 1 });
      const embedder = new LightCnnEmbedder(network);
      expect([embedder.name, embedder.inputSize]).toEqual(['LightCNN-29', 8]);
      const many = Array.from({ length: 35 }, (_, index) => face(index, 8));
      const found = await embedder.embed(many);
      expect(found.map(({ length }) => length)).toEqual(new Array(35).fill(8));
      for (const index of [0, 34]) {
        const [alone] = await embedder.embed([many[index]!]);
        expect(largestDifference(found[index]!, alone!)).toBeLessThan(1e-5);
      }
      expect(await embedder.embed([])).toEqual([]);
      await expect(embedder.embed([face(1, 9)])).rejects.toThrow(InvalidArgumentError);
      embedder.dispose();
      await expect(embedder.embed(many)).rejects.toThrow(DisposedError);
    }));
});
