import '@tensorflow/tfjs-layers'; // Registers the gradients.
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { identityAccuracy, identityLoss } from '../../src/losses/identity-loss.js';
import { largestDifference } from '../support/numbers.js';
import { expectNoLeak } from '../support/tensors.js';
import json from './pytorch/identity-loss.json' with { type: 'json' };

/** What pytorch/make_identity_loss.py writes. */
interface Fixture {
  cases: {
    shape: [number, number];
    logits: number[];
    identities: number[];
    loss: number;
    gradient: number[];
    accuracy: number;
  }[];
}

const { cases } = json as Fixture;

describe('the identity loss', () => {
  it.each(cases)('has the value, the gradient and the accuracy of PyTorch: $shape', (expected) =>
    expectNoLeak(async () => {
      const [logits, truth] = [tf.tensor2d(expected.logits, expected.shape), tf.tensor1d(expected.identities)];
      const { value, grad } = tf.valueAndGrad((x) => identityLoss(x as tf.Tensor2D, truth))(logits);
      const accuracy = identityAccuracy(logits, truth);
      expect(Math.abs((await value.data())[0]! - expected.loss) / expected.loss).toBeLessThan(1e-5);
      expect(largestDifference(await grad.data(), expected.gradient)).toBeLessThan(1e-6);
      expect((await accuracy.data())[0]).toBeCloseTo(expected.accuracy, 6);
      tf.dispose([logits, truth, value, grad, accuracy]);
    }),
  );

  it('is ln(people) for equal logits, and finite when a wrong one is far larger', async () => {
    const [equal, wrong] = [tf.zeros<tf.Rank.R2>([2, 5]), tf.tensor2d([[1000, 0, 0]])];
    const [truth, one] = [tf.tensor1d([0, 3]), tf.tensor1d([1])];
    const losses = [identityLoss(equal, truth), identityLoss(wrong, one)];
    expect((await losses[0]!.data())[0]).toBeCloseTo(Math.log(5), 5);
    expect((await losses[1]!.data())[0]).toBeCloseTo(1000, 2);
    tf.dispose([equal, wrong, truth, one, ...losses]);
  });
});
