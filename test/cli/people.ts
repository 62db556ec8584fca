import type { LandmarkDataset } from '../../src/datasets/dataset.js';
import { splitByGroup } from '../../src/datasets/dataset-tools.js';

/** Three people that seed 0 trains with and one that it holds out. */
export function heldOutAndTrainingPeople(): string[] {
  const names = Array.from({ length: 200 }, (_, i) => `Person${i}`);
  const dataset = { scheme: 68, length: names.length, group: (i: number) => names[i]! } as LandmarkDataset;
  const { training, validation } = splitByGroup(dataset, 0.05, 0);
  return [training.group(0), training.group(1), training.group(2), validation.group(0)];
}
