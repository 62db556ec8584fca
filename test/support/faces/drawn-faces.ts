import { type Dataset, datasetOf, type LandmarkDataset } from '../../../src/datasets/dataset.js';
import type { AlignedSample, LandmarkSample, UnlabelledSample } from '../../../src/datasets/samples.js';
import type { Point } from '../../../src/geometry/point.js';
import { Random } from '../../../src/random.js';

/** Drawn faces of five landmarks: bright blobs of different sizes, each face of another shape. */
export function drawnFaces(count: number, seed = 1): LandmarkDataset {
  const faces = Array.from({ length: count }, (_, index) => drawFace(new Random(seed, index), `drawn-${index}`));
  return {
    scheme: 5,
    length: count,
    get: async (index) => faces[index]!,
    group: (index) => faces[index]!.id,
  };
}

function drawFace(random: Random, id: string): LandmarkSample {
  const size = 40;
  const near = (x: number, y: number): Point => ({ x: x + random.uniform(-2, 2), y: y + random.uniform(-2, 2) });
  const points = [near(13, 14), near(27, 14), near(20, 21), near(15, 28), near(25, 28)];
  const data = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const light = points.map((p, i) => Math.exp(-((x - p.x) ** 2 + (y - p.y) ** 2) / (2 * (2 + i / 2) ** 2)));
      const at = (y * size + x) * 3;
      data[at] = 20 + 200 * Math.max(light[0]!, light[1]!);
      data[at + 1] = 30 + 200 * light[2]!;
      data[at + 2] = 40 + 200 * Math.max(light[3]!, light[4]!);
    }
  }
  return { id, image: { data, width: size, height: size }, points };
}

/** Grainy little faces without landmarks. */
export function grainyFaces(count: number, seed = 5): Dataset<UnlabelledSample> {
  return {
    length: count,
    group: (index) => `photograph-${Math.floor(index / 2)}`,
    async get(index) {
      const [size, random] = [14, new Random(seed, index)];
      const data = Uint8Array.from({ length: size * size * 3 }, () => random.integer(60, 180));
      return {
        id: `grainy-${index}`,
        image: { data, width: size, height: size },
        box: { x: 1, y: 1, width: 12, height: 12 },
      };
    },
  };
}

/** Pictures of so many people: each a colour pattern of its own with noise over it, 8 pixels wide. */
export function drawnPeople(people: number, facesEach: number, seed = 1): AlignedSample[] {
  const size = 8;
  return Array.from({ length: people * facesEach }, (_, index) => {
    const person = index % people;
    const [pattern, noise] = [new Random(77, person), new Random(seed, index)];
    const data = new Uint8Array(size * size * 3);
    for (let block = 0; block < 16; block++) {
      const colour = [0, 1, 2].map(() => pattern.uniform(40, 215));
      for (let pixel = 0; pixel < 4; pixel++) {
        const x = 2 * (block % 4) + (pixel % 2);
        const y = 2 * Math.floor(block / 4) + Math.floor(pixel / 2);
        for (let c = 0; c < 3; c++) data[(y * size + x) * 3 + c] = colour[c]! + noise.uniform(-40, 40);
      }
    }
    return { id: `face-${index}`, identity: `person ${person}`, image: { data, width: size, height: size } };
  });
}

/** Aligned faces as a dataset whose groups are the people. */
export function peopleDataset(faces: readonly AlignedSample[]): Dataset<AlignedSample> {
  return datasetOf(faces, ({ identity }) => identity);
}
