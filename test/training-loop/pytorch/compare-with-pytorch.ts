import { readFile } from 'node:fs/promises';
import * as tf from '@tensorflow/tfjs-core';
import { heatmapLoss } from '../../../src/losses/heatmap-loss.js';
import { HeatmapUNet } from '../../../src/networks/heatmap-unet.js';
import { Adam, type AdamConfig } from '../../../src/training-loop/adam.js';
import { formulaBatch, setInitialWeights } from './formulas.js';

/** What make_fixture.py writes. */
interface Fixture {
  network: { widths: number[]; landmarks: number; inputSize: number };
  faces: number;
  learningRate: number;
  adam: AdamConfig;
  losses: number[];
  gradientNorms: Record<string, number>;
  weights: Record<string, FinalWeight>;
}

interface FinalWeight {
  /** Its length as a vector. */
  norm: number;
  /** The length of the difference from the initial weight. */
  movedNorm: number;
  /** Values at evenly spread places. */
  samples: number[];
}

/**
 * What is compared: the loss of each step, the length of each weight's gradient in the first step, each weight after the last step
 * (running statistics included), and how far it has moved, which is stricter: most move by a few percent.
 */
export type Quantity = 'losses' | 'gradientNorms' | 'weights' | 'movements';

/** The largest relative difference of a quantity from PyTorch's, and where it is. */
export interface Difference {
  largest: number;
  at: string;
}

/**
 * Relative differences that may be. Convolutions wrong by 1e-5 of their size come to half of these at most in PyTorch itself, in
 * double precision: ReLUs turn on or off, and Adam makes full steps of small gradients.
 */
export const tolerances: Readonly<Record<Quantity, number>> = {
  losses: 1e-4,
  gradientNorms: 1e-2,
  weights: 1e-3,
  movements: 0.03,
};

/**
 * Makes fifty training steps of a small HeatmapUNet on the current backend and compares them with those that PyTorch made
 * of the same weights and batches.
 */
export async function compareWithPyTorch(): Promise<Record<Quantity, Difference>> {
  const fixture: Fixture = JSON.parse(
    await readFile(new URL('fifty-adam-steps.json', import.meta.url).pathname, 'utf8'),
  );
  using network = new HeatmapUNet(fixture.network);
  setInitialWeights(network);
  const start = await read(network.weights);
  const { losses, gradientNorms } = await train(network, fixture);
  const end = await read(network.weights);

  const names = Object.keys(fixture.weights);
  if (names.toSorted().join() !== Object.keys(end).toSorted().join()) throw new Error('The fixture has other weights.');
  const compared = names.map((name) => ({
    at: name,
    ...compareWeights(start[name]!, end[name]!, fixture.weights[name]!),
  }));
  const gradients = Object.entries(fixture.gradientNorms);
  return {
    losses: worst(fixture.losses.map((loss, step) => [`step ${step}`, relative(losses[step]!, loss)])),
    gradientNorms: worst(gradients.map(([name, norm]) => [name, relative(gradientNorms[name]!, norm)])),
    weights: worst(compared.map(({ at, weights }) => [at, weights])),
    movements: worst(compared.map(({ at, movements }) => [at, movements])),
  };
}

function compareWeights(start: Float32Array, end: Float32Array, { norm, movedNorm, samples }: FinalWeight) {
  const squares = samples.map((sample, i) => (end[Math.floor((i * end.length) / samples.length)]! - sample) ** 2);
  // The length of the whole difference, judged by the samples.
  const difference = Math.sqrt((end.length / samples.length) * squares.reduce((sum, square) => sum + square, 0));
  const moved = end.map((value, i) => value - start[i]!);
  return {
    weights: Math.max(difference, Math.abs(length(end) - norm)) / norm,
    movements: Math.max(difference, Math.abs(length(moved) - movedNorm)) / movedNorm,
  };
}

async function train(network: HeatmapUNet, fixture: Fixture) {
  const { inputSize, landmarks } = fixture.network;
  const variables = network.model.trainableWeights.map(
    (weight) => [weight.originalName, weight.read() as tf.Variable] as const,
  );
  const adam = new Adam(Object.fromEntries(variables), fixture.adam);
  const losses: number[] = [];
  const gradientNorms: Record<string, number> = {};
  for (let step = 0; step < fixture.losses.length; step++) {
    const { images, heatmaps, visible } = formulaBatch(step, fixture.faces, inputSize, landmarks);
    const { value, grads } = tf.variableGrads(
      () => heatmapLoss(heatmaps, network.apply(images, { training: true }), visible).total,
      network.trainableVariables,
    );
    if (step === 0) {
      for (const [name, variable] of variables)
        gradientNorms[name] = length(await grads[variable.name]!.data<'float32'>());
    }
    adam.apply(grads, fixture.learningRate);
    losses.push((await value.data())[0]!);
    tf.dispose([images, heatmaps, visible, value, grads]);
  }
  adam.dispose();
  return { losses, gradientNorms };
}

async function read(weights: Record<string, tf.Tensor>): Promise<Record<string, Float32Array>> {
  const values: Record<string, Float32Array> = {};
  for (const [name, tensor] of Object.entries(weights)) values[name] = Float32Array.from(await tensor.data());
  return values;
}

/** The largest; what is not a number counts as infinite. */
function worst(differences: readonly (readonly [at: string, difference: number])[]): Difference {
  const all = differences.map(([at, value]) => ({
    at,
    largest: Number.isNaN(value) ? Number.POSITIVE_INFINITY : value,
  }));
  return all.reduce((worst, one) => (one.largest > worst.largest ? one : worst));
}

const relative = (found: number, expected: number): number => Math.abs(found - expected) / Math.abs(expected);
const length = (values: Float32Array): number => Math.sqrt(values.reduce((sum, value) => sum + value ** 2, 0));
