import * as tf from '@tensorflow/tfjs-core';
import type { Batch, Learner, Objective, Settings } from './learner.js';
import type { Metrics } from './trainer-types.js';

/** The gradients of one objective on one batch. */
export interface BatchGradients {
  /** By the names of the variables, as `Adam.apply` takes them. The caller disposes them. */
  gradients: tf.NamedTensorMap;
  /** What the objective tells, stacked in the order of `names`. The caller disposes it. */
  values: tf.Tensor1D;
  names: string[];
  /** See {@link Objective.weight}. */
  weight: number;
}

/** How many samples a batch has. */
export function sampleCount(batch: Batch): number {
  return Math.min(...Object.values(batch).map(({ shape }) => shape[0]!));
}

/**
 * The gradients of an objective with respect to the networks it trains. What it made otherwise is freed, also when it throws.
 *
 * @throws What the objective throws.
 */
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
      const told = loss();
      names = Object.keys(told);
      // Kept, because the scope of the gradient ends before it is read.
      values = tf.keep(tf.stack(Object.values(told)) as tf.Tensor1D);
      return told.loss;
    }, variables);
    return { gradients: grads, values: values!, names };
  } catch (error) {
    values?.dispose();
    throw error;
  }
}

/** What tfjs saves for the way back outlives a loss that throws. */
function clearTape(): void {
  const { activeTape, gradientDepth } = tf.engine().state;
  if (gradientDepth > 0) return;
  for (const { saved } of activeTape ?? []) tf.dispose(saved ?? []);
}

/** The told values as plain numbers. */
export async function readMetrics({ values, names }: Pick<BatchGradients, 'values' | 'names'>): Promise<Metrics> {
  const numbers = await values.data();
  return Object.fromEntries(names.map((name, index) => [name, numbers[index]!]));
}
