import * as tf from '@tensorflow/tfjs-core';
import { normalNumbers } from '../support/numbers.js';

/**
 * Tried in turn until one agrees: the longer ones meet ReLUs that turn on or off, the shorter ones single precision.
 */
const STEPS = [1e-3, 3e-4, 3e-3, 1e-4, 1e-2, 3e-5];
/** Where to stop trying. */
const AGREEMENT = 0.01;

/**
 * How far a gradient is from the slope that finite differences measure along a random direction, as a share of the
 * gradient's typical slope: 0 where they agree, about 1 for a gradient of 0 and for one that is unrelated.
 *
 * @param run Its output's projection onto random numbers is what is differentiated; `variable` changes meanwhile, and
 *   is restored.
 */
export async function slopeError(
  run: () => tf.Tensor,
  projection: Float32Array,
  variable: tf.Variable,
  gradient: tf.Tensor,
): Promise<number> {
  const [slopes, own] = [Array.from(await gradient.data()), Float32Array.from(await variable.data())];
  const direction = normalNumbers(own.length, 500).map((value) => value / Math.sqrt(own.length));
  const assign = (values: Float32Array) => tf.tidy(() => variable.assign(tf.tensor(values, variable.shape)));
  const at = async (distance: number) => {
    assign(own.map((value, i) => value + distance * direction[i]!));
    const output = run();
    // In double precision, or the sum would lose what the step has changed.
    const sum = Array.from(await output.data()).reduce((total, value, i) => total + value * projection[i]!, 0);
    output.dispose();
    return sum;
  };
  const expected = slopes.reduce((total, slope, i) => total + slope * direction[i]!, 0);
  const typical = Math.hypot(...slopes) / Math.sqrt(own.length);
  let error = Number.POSITIVE_INFINITY;
  for (const step of STEPS) {
    const measured = ((await at(step)) - (await at(-step))) / (2 * step);
    error = Math.min(error, Math.abs(measured - expected) / typical);
    if (error < AGREEMENT) break;
  }
  assign(own);
  return error;
}
