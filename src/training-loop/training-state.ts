import * as tf from '@tensorflow/tfjs-core';
import type { PlainTensor } from '../formats/safetensors.js';
import type { Network } from '../networks/network.js';
import { downloadTensors, uploadTensors } from '../networks/plain-tensors.js';
import type { Checkpoint } from './checkpoint.js';
import type { Optimiser } from './optimiser.js';

/** What a trainer changes, by name. */
export interface SavedState {
  networks: Readonly<Record<string, Network>>;
  optimisers: Readonly<Record<string, Optimiser>>;
}

const networkPrefix = (name: string) => `networks/${name}/`;
const optimiserPrefix = (name: string) => `optimisers/${name}/`;
const stepsOf = (name: string) => `${name}Steps`;

/** Reads weights, moments and the optimisers' counters. */
export async function downloadState({ networks, optimisers }: SavedState) {
  const tensors: Record<string, PlainTensor> = {};
  const steps: Record<string, number> = {};
  for (const [name, network] of Object.entries(networks)) {
    Object.assign(tensors, await downloadTensors(network.weights, networkPrefix(name)));
  }
  for (const [name, optimiser] of Object.entries(optimisers)) {
    Object.assign(tensors, await downloadTensors(optimiser.state, optimiserPrefix(name)));
    steps[stepsOf(name)] = optimiser.steps;
  }
  return { tensors, steps };
}

/** Restores what {@link downloadState} read. @throws WeightsMismatchError when the checkpoint is of other networks. */
export function restoreState(state: SavedState, { tensors, counters }: Checkpoint): void {
  for (const [name, network] of Object.entries(state.networks)) {
    tf.tidy(() => network.setWeights(uploadTensors(tensors, networkPrefix(name))));
  }
  for (const [name, optimiser] of Object.entries(state.optimisers)) {
    tf.tidy(() => optimiser.restore(uploadTensors(tensors, optimiserPrefix(name)), counters[stepsOf(name)]!));
  }
}
