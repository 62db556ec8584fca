import * as tf from '@tensorflow/tfjs-core';
import type { Batch, Learner, Objective, Settings } from './learner.js';
import type { Metrics } from './trainer-types.js';

/** Updates weights by gradients, which stay the caller's, by their variables' names. */
export type UpdateWeights = (gradients: tf.NamedTensorMap) => void;

/** An objective's terms, and the norm of all its gradients as one vector. */
export type StepMetrics = { loss: number; gradientNorm: number } & Metrics;

/** The gradients of one objective on one batch. The caller disposes the tensors. */
interface BatchGradients {
  /** By the variables' names. */
  gradients: tf.NamedTensorMap;
  /** The objective's terms, stacked in the order of `names`. */
  values: tf.Tensor1D;
  names: string[];
  /** See {@link Objective.weight}. */
  weight: number;
}

/** Updates weights by an objective's gradients on a batch, in this thread. */
export async function stepInThread(
  learner: Learner,
  objective: string,
  batch: Batch,
  update: UpdateWeights,
  settings: Settings,
): Promise<StepMetrics> {
  const computed = computeGradients(learner, objective, batch, settings);
  try {
    // Reading waits for a GPU to finish, so the metrics are read after the update.
    return await applyGradients(computed.gradients, update, () => readMetrics(computed));
  } finally {
    tf.dispose([computed.gradients, computed.values]);
  }
}

/** Updates weights, and adds the gradients' norm to the metrics. The gradients stay the caller's. */
export async function applyGradients(
  gradients: tf.NamedTensorMap,
  update: UpdateWeights,
  metrics: () => Metrics | Promise<Metrics>,
): Promise<StepMetrics> {
  const norm = tf.tidy(() => tf.sqrt(tf.addN(Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient))))));
  try {
    update(gradients);
    const terms = (await metrics()) as { loss: number };
    return { ...terms, gradientNorm: (await norm.data())[0]! };
  } finally {
    norm.dispose();
  }
}

export function sampleCount(batch: Batch): number {
  return Math.min(...Object.values(batch).map(({ shape }) => shape[0]!));
}

/** The gradients of an objective by the networks it trains. Its other tensors are freed, also on errors. */
export function computeGradients(learner: Learner, name: string, batch: Batch, settings: Settings): BatchGradients {
  try {
    return tf.tidy(() => {
      const objective = learner.objectives[name]!(batch, settings);
      return { ...differentiate(learner, objective), weight: objective.weight ?? sampleCount(batch) };
    });
  } catch (error) {
    clearTape();
    throw error;
  }
}

function differentiate(learner: Learner, { trains, loss }: Objective): Omit<BatchGradients, 'weight'> {
  const variables = trains.flatMap((network) => learner.networks[network]!.trainableVariables);
  let names: string[] = [];
  let values: tf.Tensor1D | undefined;
  try {
    const { grads } = tf.variableGrads(() => {
      const terms = loss();
      names = Object.keys(terms);
      // Kept beyond the scope of the gradient, to be read.
      values = tf.keep(tf.stack(Object.values(terms)) as tf.Tensor1D);
      return terms.loss;
    }, variables);
    return { gradients: grads, values: values!, names };
  } catch (error) {
    values?.dispose();
    throw error;
  }
}

/** Frees what tfjs saved for the backward pass, which outlives a loss that throws. */
function clearTape(): void {
  const { activeTape, gradientDepth } = tf.engine().state;
  if (gradientDepth > 0) return;
  for (const { saved } of activeTape ?? []) tf.dispose(saved ?? []);
}

/** The objective's terms as plain numbers. */
export async function readMetrics({ values, names }: Pick<BatchGradients, 'values' | 'names'>): Promise<Metrics> {
  const numbers = await values.data();
  return Object.fromEntries(names.map((name, index) => [name, numbers[index]!]));
}
