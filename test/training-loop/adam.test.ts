import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { Adam, type AdamConfig } from '../../src/training-loop/adam.js';
import { largestDifference, normalNumbers } from '../support/numbers.js';
import { expectNoLeak } from '../support/tensors.js';

const paper: AdamConfig = { beta1: 0.5, beta2: 0.9, epsilon: 1e-8 };

/** One update with the gradient of the given numbers. */
function step(adam: Adam, variable: tf.Variable, gradient: ArrayLike<number>, learningRate: number): void {
  tf.tidy(() => adam.apply({ [variable.name]: tf.tensor(Float32Array.from(gradient), variable.shape) }, learningRate));
}

/** What follows from Algorithm 1 of the paper, in double precision. */
function* algorithm1(start: ArrayLike<number>, { beta1, beta2, epsilon }: AdamConfig) {
  const theta = Float64Array.from(start);
  const [m, v] = [new Float64Array(theta.length), new Float64Array(theta.length)];
  for (let t = 1; ; t++) {
    const { gradient, learningRate }: { gradient: ArrayLike<number>; learningRate: number } = yield theta;
    for (let i = 0; i < theta.length; i++) {
      m[i] = beta1 * m[i]! + (1 - beta1) * gradient[i]!;
      v[i] = beta2 * v[i]! + (1 - beta2) * gradient[i]! ** 2;
      const [mHat, vHat] = [m[i]! / (1 - beta1 ** t), v[i]! / (1 - beta2 ** t)];
      theta[i]! -= (learningRate * mHat) / (Math.sqrt(vHat) + epsilon);
    }
  }
}

describe('Adam', () => {
  it('takes a first step of the learning rate, against the sign of the gradient', async () => {
    const variable = tf.variable(tf.tensor1d([1, 1, 1]));
    const adam = new Adam({ w: variable }, paper);
    step(adam, variable, [100, -0.001, 0], 0.25);
    expect(largestDifference(await variable.data(), [0.75, 1.25, 1])).toBeLessThan(1e-4);
  });

  it('adds epsilon to the root of the corrected second moment, as PyTorch does', async () => {
    const variable = tf.variable(tf.tensor1d([0]));
    // m^ = 2 and v^ = 4, so the step is 1 * 2 / (2 + 3).
    step(new Adam({ w: variable }, { ...paper, epsilon: 3 }), variable, [2], 1);
    expect((await variable.data())[0]).toBeCloseTo(-0.4, 6);
  });

  it.each([paper, { beta1: 0.9, beta2: 0.999, epsilon: 1e-3 }])(
    'agrees with the algorithm in double precision over 50 steps and two rates (%o)',
    async (config) => {
      const start = normalNumbers(6, 1);
      const variable = tf.variable(tf.tensor2d(start, [2, 3]));
      const adam = new Adam({ w: variable }, config);
      const reference = algorithm1(start, config);
      let expected = reference.next().value!;
      for (let t = 0; t < 50; t++) {
        const gradient = normalNumbers(6, 100 + t, 0.3);
        const learningRate = t < 30 ? 0.05 : 0.01;
        step(adam, variable, gradient, learningRate);
        expected = reference.next({ gradient, learningRate } as never).value!;
      }
      expect(largestDifference(await variable.data(), expected)).toBeLessThan(2e-5);
      expect(adam.steps).toBe(50);
    },
  );

  it('does not change a variable without a gradient', async () => {
    const [one, other] = [tf.variable(tf.tensor1d([1])), tf.variable(tf.tensor1d([1]))];
    const adam = new Adam({ one, other }, paper);
    step(adam, one, [1], 0.1);
    expect([...(await other.data()), ...(await adam.state['other/second']!.data())]).toEqual([1, 0]);
  });

  it('continues bit for bit from its saved state', async () => {
    const gradients = Array.from({ length: 12 }, (_, t) => normalNumbers(5, t));
    const whole = tf.variable(tf.tensor1d(normalNumbers(5, 99)));
    const adam = new Adam({ w: whole }, paper);
    for (const gradient of gradients.slice(0, 7)) step(adam, whole, gradient, 0.01);

    const continued = tf.variable(whole.clone());
    const restored = new Adam({ w: continued }, paper);
    const saved = Object.fromEntries(
      await Promise.all(
        Object.entries(adam.state).map(async ([name, moment]) => [name, tf.tensor(await moment.data())] as const),
      ),
    );
    restored.restore(saved, adam.steps);
    tf.dispose(saved);
    for (const gradient of gradients.slice(7)) {
      step(adam, whole, gradient, 0.01);
      step(restored, continued, gradient, 0.01);
    }
    expect(await continued.data()).toEqual(await whole.data());
    expect(restored.steps).toBe(12);

    const forgetful = tf.variable(tf.tensor1d(await whole.data()));
    step(new Adam({ w: forgetful }, paper), forgetful, gradients[0]!, 0.01);
    step(adam, whole, gradients[0]!, 0.01);
    expect(await forgetful.data()).not.toEqual(await whole.data());
  });

  it('keeps two moments for each variable, and no other tensor', async () => {
    const variable = tf.variable(tf.tensor1d([1, 2]));
    await expectNoLeak(() => {
      const adam = new Adam({ w: variable }, paper);
      const before = tf.memory().numTensors;
      for (let t = 0; t < 5; t++) step(adam, variable, [1, -1], 0.1);
      expect(tf.memory().numTensors).toBe(before);
      const copies = Object.fromEntries(Object.entries(adam.state).map(([name, moment]) => [name, moment.clone()]));
      adam.restore(copies, 5);
      tf.dispose(copies);
      expect(tf.memory().numTensors).toBe(before);
      adam.dispose();
    });
  });
});
