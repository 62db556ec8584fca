import { type Dataset, datasetOf } from '../../src/datasets/dataset.js';
import type { AlignedSample } from '../../src/datasets/samples.js';
import { Random } from '../../src/random.js';
import { type IdentityTrainerConfig, resolveIdentityConfig } from '../../src/training/identity-config.js';
import type { IdentityTrainerInput } from '../../src/training/identity-trainer.js';

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

/** A configuration that trains in milliseconds a step. */
export function tinyIdentityConfig(changes: Partial<IdentityTrainerConfig> = {}): IdentityTrainerConfig {
  return resolveIdentityConfig('light-cnn', {
    scale: 'small',
    seed: 3,
    epochs: 2,
    batchSize: 6,
    learningRate: 0.01,
    milestones: [],
    network: { inputSize: 8, widths: [4, 8, 8, 8], blocks: [1, 1, 1, 1], embeddingSize: 16, poolings: 1 },
    augmentation: { flip: 0, shift: 1 },
    dropout: 0.2,
    ...changes,
  });
}

/** Four people: sixteen faces (three steps an epoch, the last of four faces), and eight held out. */
export function tinyIdentityInput(
  changes: Partial<IdentityTrainerConfig> = {},
  rest: Partial<IdentityTrainerInput> = {},
): IdentityTrainerInput {
  return {
    config: tinyIdentityConfig(changes),
    training: peopleDataset(drawnPeople(4, 4)),
    validation: peopleDataset(drawnPeople(4, 2, 2)),
    ...rest,
  };
}
