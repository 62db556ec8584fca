import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { Sgd, type SgdConfig } from '../../src/training-loop/sgd.js';
import { largestDifference, normalNumbers } from '../support/numbers.js';
import { expectNoLeak } from '../support/tensors.js';
import json from './pytorch/sgd.json' with { type: 'json' };

/** What pytorch/make_sgd.py writes. */
interface Fixture {
  sgd: SgdConfig;
  shapes: Record<string, number[]>;
  start: Record<string, number[]>;
  steps: { learningRate: number; gradients: Record<string, number[]>; weights: Record<string, number[]> }[];
}

const fixture = json as Fixture;
const lightCnn: SgdConfig = { momentum: 0.9, weightDecay: 1e-4 };

function step(sgd: Sgd, variable: tf.Variable, gradient: ArrayLike<number>, learningRate: number): void {
  tf.tidy(() => sgd.apply({ [variable.name]: tf.tensor(Float32Array.from(gradient), variable.shape) }, learningRate));
}

describe('Sgd', () => {
  it('agrees with PyTorch over twelve steps and two rates, with decay of kernels alone', () =>
    expectNoLeak(async () => {
      const variables = Object.fromEntries(
        Object.entries(fixture.start).map(([name, values]) => {
          return [name, tf.tidy(() => tf.variable(tf.tensor(values, fixture.shapes[name]!)))];
        }),
      );
      const sgd = new Sgd(variables, fixture.sgd);
      for (const { learningRate, gradients, weights } of fixture.steps) {
        tf.tidy(() => {
          const named = Object.entries(variables).map(([name, variable]) => {
            return [variable.name, tf.tensor(gradients[name]!, variable.shape)];
          });
          sgd.apply(Object.fromEntries(named), learningRate);
        });
        for (const [name, variable] of Object.entries(variables)) {
          expect(largestDifference(await variable.data(), weights[name]!), name).toBeLessThan(2e-6);
        }
      }
      expect(sgd.steps).toBe(12);
      sgd.dispose();
      tf.dispose(variables);
    }));

  it('does not change a variable without a gradient', async () => {
    const [one, other] = [tf.variable(tf.tensor1d([1])), tf.variable(tf.tensor1d([1]))];
    const sgd = new Sgd({ 'one/kernel': one, 'other/kernel': other }, { momentum: 0.9, weightDecay: 0.5 });
    step(sgd, one, [1], 0.1);
    expect([...(await other.data()), ...(await sgd.state['other/kernel/velocity']!.data())]).toEqual([1, 0]);
  });

  it('continues bit for bit from its saved state', async () => {
    const gradients = Array.from({ length: 8 }, (_, t) => normalNumbers(5, t));
    const whole = tf.variable(tf.tensor1d(normalNumbers(5, 99)));
    const sgd = new Sgd({ kernel: whole }, lightCnn);
    for (const gradient of gradients.slice(0, 5)) step(sgd, whole, gradient, 0.01);
    const continued = tf.variable(whole.clone());
    const forgetful = tf.variable(whole.clone());
    const [restored, fresh] = [new Sgd({ kernel: continued }, lightCnn), new Sgd({ kernel: forgetful }, lightCnn)];
    const saved = { 'kernel/velocity': tf.tensor(await sgd.state['kernel/velocity']!.data()) };
    restored.restore(saved, sgd.steps);
    tf.dispose(saved);
    for (const gradient of gradients.slice(5)) {
      step(sgd, whole, gradient, 0.01);
      step(restored, continued, gradient, 0.01);
      step(fresh, forgetful, gradient, 0.01);
    }
    expect(await continued.data()).toEqual(await whole.data());
    expect(restored.steps).toBe(8);
    expect(await forgetful.data()).not.toEqual(await whole.data());
  });

  it('keeps one velocity for each variable, and no other tensor', async () => {
    const variable = tf.variable(tf.tensor1d([1, 2]));
    await expectNoLeak(() => {
      const sgd = new Sgd({ kernel: variable }, lightCnn);
      const before = tf.memory().numTensors;
      for (let t = 0; t < 3; t++) step(sgd, variable, [1, -1], 0.1);
      expect(tf.memory().numTensors).toBe(before);
      const copy = { 'kernel/velocity': sgd.state['kernel/velocity']!.clone() };
      sgd.restore(copy, 3);
      tf.dispose(copy);
      expect(tf.memory().numTensors).toBe(before);
      sgd.dispose();
    });
  });
});
