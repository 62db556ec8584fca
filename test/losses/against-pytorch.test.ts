import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // Registers the gradients.
import { beforeAll, describe, expect, it } from 'vitest';
import { confidenceDiscriminatorLoss, confidenceGeneratorLoss } from '../../src/losses/confidence-loss.js';
import { heatmapDiscriminatorLoss, reconstructionLoss } from '../../src/losses/heatmap-discriminator-loss.js';
import { highToLowLoss } from '../../src/losses/high-to-low-loss.js';
import { hingeDiscriminatorLoss, hingeGeneratorLoss } from '../../src/losses/hinge-loss.js';
import { pixelLoss } from '../../src/losses/pixel-loss.js';
import { semiSupervisedLoss } from '../../src/losses/semi-supervised-loss.js';
import { expectNoLeak, useWasm } from '../support/tensors.js';
import fixture from './pytorch/losses.json' with { type: 'json' };

beforeAll(useWasm);

type Inputs = Record<string, tf.Tensor>;
type Terms = Record<string, tf.Tensor>;

/** Landmark 2 of face 1 is not visible. */
const visible = () => tf.tensor4d([1, 1, 1, 1, 1, 1, 0, 1], [2, 1, 1, 4]);
const total = (loss: tf.Tensor): Terms => ({ total: loss });

const losses: [equation: string, name: keyof typeof fixture, compute: (inputs: Inputs) => Terms][] = [
  [
    'Eq. 1',
    'highToLow',
    ({ gan, pixel }) => ({ ...highToLowLoss(gan as tf.Scalar, pixel as tf.Scalar, { gan: 0.05, pixel: 2 }) }),
  ],
  ['Eq. 2', 'hingeDiscriminator', ({ real, fake }) => ({ ...hingeDiscriminatorLoss(real!, fake!) })],
  ['l_GAN of Eq. 1', 'hingeGenerator', ({ fake }) => total(hingeGeneratorLoss(fake!))],
  [
    'Eq. 4',
    'pixel',
    ({ subsampled, generated }) => total(pixelLoss(subsampled as tf.Tensor4D, generated as tf.Tensor4D)),
  ],
  [
    'Eqs. 5, 6 and 11, through both of its places',
    'reconstruction',
    ({ heatmaps, reconstruction }) =>
      total(reconstructionLoss(heatmaps as tf.Tensor4D, reconstruction as tf.Tensor4D, visible())),
  ],
  [
    'Eq. 7',
    'heatmapDiscriminator',
    ({ real, fake }) => total(heatmapDiscriminatorLoss(real as tf.Scalar, fake as tf.Scalar, 0.3)),
  ],
  [
    'Eq. 9',
    'confidenceDiscriminator',
    ({ truth, generated, real }) => ({
      ...confidenceDiscriminatorLoss({ truth: truth!, generated: generated!, real: real! }),
    }),
  ],
  [
    'Eq. 12',
    'confidenceGenerator',
    ({ generated, real }) => total(confidenceGeneratorLoss({ generated: generated!, real: real! })),
  ],
  [
    'Eq. 13',
    'semiSupervised',
    ({ mse, keypoint, confidence }) =>
      total(
        semiSupervisedLoss(
          { mse: mse as tf.Scalar, keypoint: keypoint as tf.Scalar, confidence: confidence as tf.Scalar },
          { mse: 1, keypoint: 0.05, confidence: 0.005 },
        ),
      ),
  ],
];

describe.each(losses)('%s: %s', (_equation, name, compute) => {
  const { inputs, terms, gradients } = fixture[name] as {
    inputs: Record<string, { shape: number[]; data: number[] }>;
    terms: Record<string, number>;
    gradients: Record<string, number[]>;
  };
  const names = Object.keys(inputs);
  const upload = () => names.map((key) => tf.tensor(inputs[key]!.data, inputs[key]!.shape));
  const asRecord = (tensors: tf.Tensor[]) =>
    Object.fromEntries(tensors.map((tensor, index) => [names[index]!, tensor]));

  it("has PyTorch's terms, and leaves no other tensor", async () => {
    await expectNoLeak(async () => {
      const tensors = upload();
      const computed = tf.tidy(() => compute(asRecord(tensors)));
      expect(Object.keys(computed).sort()).toEqual(Object.keys(terms).sort());
      for (const [term, tensor] of Object.entries(computed)) {
        expect((await tensor.data())[0], term).toBeCloseTo(terms[term]!, 5);
      }
      tf.dispose([tensors, computed]);
    });
  });

  it("has PyTorch's gradients", async () => {
    const tensors = upload();
    const computed = tf.grads((...given) => compute(asRecord(given)).total!)(tensors);
    for (const [index, gradient] of computed.entries()) {
      (await gradient.data()).forEach((value, i) => {
        expect(value, `${names[index]}[${i}]`).toBeCloseTo(gradients[names[index]!]![i]!, 5);
      });
    }
    tf.dispose([tensors, computed]);
  });
});

describe('worked by hand', () => {
  it.each<[string, () => tf.Tensor, number]>([
    [
      'scores beyond 1 on the right side cost D1 nothing',
      () => hingeDiscriminatorLoss(tf.tensor([2, 0]), tf.tensor([-3, 1])).total,
      0.5 + 1,
    ],
    [
      'D3 that answers 0.5 to everything',
      () => {
        const half = tf.tensor([0.5, 0.5]);
        return confidenceDiscriminatorLoss({ truth: half, generated: half, real: half }).total;
      },
      0.75,
    ],
    [
      'Eq. 13 without discriminators is a times l_MSE',
      () => semiSupervisedLoss({ mse: tf.scalar(2) }, { mse: 3, keypoint: 1, confidence: 1 }),
      6,
    ],
    ['k_t of 0 leaves l_real', () => heatmapDiscriminatorLoss(tf.scalar(2), tf.scalar(7), 0), 2],
  ])('%s', async (_what, compute, expected) => {
    const value = tf.tidy(compute);
    expect((await value.data())[0]).toBeCloseTo(expected, 6);
    value.dispose();
  });
});
