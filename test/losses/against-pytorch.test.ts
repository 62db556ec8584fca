import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // Registers the gradients.
import { describe, expect, it } from 'vitest';
import { confidenceDiscriminatorLoss, confidenceGeneratorLoss } from '../../src/losses/confidence-loss.js';
import { heatmapDiscriminatorLoss, reconstructionLoss } from '../../src/losses/heatmap-discriminator-loss.js';
import { heatmapLoss } from '../../src/losses/heatmap-loss.js';
import { highToLowLoss } from '../../src/losses/high-to-low-loss.js';
import { hingeDiscriminatorLoss, hingeGeneratorLoss } from '../../src/losses/hinge-loss.js';
import { pixelLoss } from '../../src/losses/pixel-loss.js';
import { semiSupervisedLoss } from '../../src/losses/semi-supervised-loss.js';
import { largestDifference } from '../support/numbers.js';
import { expectNoLeak } from '../support/tensors.js';
import fixture from './pytorch/losses.json' with { type: 'json' };

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
    'Eqs. 5 and 6',
    'reconstruction',
    ({ heatmaps, reconstruction }) =>
      total(reconstructionLoss(heatmaps as tf.Tensor4D, reconstruction as tf.Tensor4D, visible())),
  ],
  [
    'Eq. 10',
    'heatmap',
    ({ truth, prediction }) => ({ ...heatmapLoss(truth as tf.Tensor4D, prediction as tf.Tensor4D, visible()) }),
  ],
  [
    'Eq. 11 with a D2 of one 1x1 convolution, through both places of the heatmaps',
    'keypoint',
    ({ heatmaps, kernel }) => {
      const filter = tf.reshape(kernel!, [1, 1, 4, 4]) as tf.Tensor4D;
      const reconstruction = tf.conv2d(heatmaps as tf.Tensor4D, filter, 1, 'same');
      return total(reconstructionLoss(heatmaps as tf.Tensor4D, reconstruction, visible()));
    },
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

  it("has PyTorch's terms", async () => {
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

/** Two pixels of two channels and the background: H, and what D2 makes of it. */
const heatmaps = () => tf.tensor4d([1, 0, 0, /**/ 0, 1, 0], [1, 1, 2, 3]);
const reconstructed = () => tf.tensor4d([0, 0, 2, /**/ 0, 4, 0], [1, 1, 2, 3]);
const mask = (...values: number[]) => tf.tensor4d(values, [1, 1, 1, 3]);

describe('losses worked by hand', () => {
  it.each<[string, () => tf.Tensor, number]>([
    [
      'Eq. 1: 0.5 times 3 and 2 times 4',
      () => highToLowLoss(tf.scalar(3), tf.scalar(4), { gan: 0.5, pixel: 2 }).total,
      1.5 + 8,
    ],
    [
      'Eq. 2: scores beyond 1 on the right side cost D1 nothing',
      () => hingeDiscriminatorLoss(tf.tensor([2, 0]), tf.tensor([-3, 1])).total,
      0.5 + 1,
    ],
    ['l_GAN: G1 gains what D1 scores', () => hingeGeneratorLoss(tf.tensor([3, -1])), -1],
    [
      'Eq. 4: one value of four differs by 2',
      () => pixelLoss(tf.tensor4d([0, 1, 0, 0], [1, 2, 2, 1]), tf.tensor4d([0, -1, 0, 0], [1, 2, 2, 1])),
      4 / 4,
    ],
    // (1 + 0 + 4) + (0 + 9 + 0), of two pixels.
    ['Eqs. 5, 6, 11', () => reconstructionLoss(heatmaps(), reconstructed(), mask(1, 1, 1)), 14 / 2],
    [
      'Eqs. 5, 6, 11: without an invisible landmark',
      () => reconstructionLoss(heatmaps(), reconstructed(), mask(1, 0, 1)),
      5 / 2,
    ],
    [
      'Eqs. 5, 6, 11: with reduction sum',
      () => reconstructionLoss(heatmaps(), reconstructed(), mask(1, 1, 1), 'sum'),
      14,
    ],
    ['Eq. 7: k_t of 0 leaves l_real', () => heatmapDiscriminatorLoss(tf.scalar(2), tf.scalar(7), 0), 2],
    ['Eq. 7: k_t of 0.5 takes half of l_fake', () => heatmapDiscriminatorLoss(tf.scalar(2), tf.scalar(7), 0.5), -1.5],
    [
      'Eq. 9: D3 that answers 0.5 to everything',
      () => {
        const half = tf.tensor([0.5, 0.5]);
        return confidenceDiscriminatorLoss({ truth: half, generated: half, real: half }).total;
      },
      0.75,
    ],
    [
      'Eq. 12: the mean over all predictions, of whichever kind',
      () => confidenceGeneratorLoss({ generated: tf.tensor2d([[3]]), real: tf.tensor2d([[1], [0]]) }),
      (4 + 0 + 1) / 3,
    ],
    [
      'Eq. 13: without discriminators it is a times l_MSE',
      () => semiSupervisedLoss({ mse: tf.scalar(2) }, { mse: 3, keypoint: 1, confidence: 1 }),
      6,
    ],
    [
      'Eq. 13: without D3',
      () => semiSupervisedLoss({ mse: tf.scalar(2), keypoint: tf.scalar(5) }, { mse: 3, keypoint: 0.5, confidence: 1 }),
      6 + 2.5,
    ],
  ])('%s', async (_what, compute, expected) => {
    const value = tf.tidy(compute);
    expect((await value.data())[0]).toBeCloseTo(expected, 6);
    value.dispose();
  });
});

describe('the mask of visible landmarks', () => {
  it('keeps an invisible landmark’s reconstruction out of the loss and its gradient', async () => {
    const [truth, prediction, visible] = [heatmaps(), reconstructed(), mask(1, 0, 1)];
    const [ofTruth, ofPrediction] = tf.grads((h, r) => reconstructionLoss(h as tf.Tensor4D, r as tf.Tensor4D, visible))(
      [truth, prediction],
    );
    // 2 (reconstruction - H) / 2 pixels, channel 1 left out.
    expect(largestDifference(await ofPrediction!.data(), [-1, 0, 2, 0, 0, 0])).toBe(0);
    expect(largestDifference(await ofTruth!.data(), [1, 0, -2, 0, 0, 0])).toBe(0);
    tf.dispose([truth, prediction, visible, ofTruth!, ofPrediction!]);
  });
});

describe('losses leak no tensor', () => {
  const [term, scores] = [() => tf.scalar(2), () => tf.tensor2d([[0.5], [2]])];
  const visible = () => mask(1, 0, 1);

  // Called outside any tidy: each must have its own.
  // biome-ignore lint/suspicious/noExplicitAny: each takes tensors of ranks of its own.
  it.each<[name: string, inputs: (() => tf.Tensor)[], compute: (...inputs: any[]) => tf.TensorContainer]>([
    ['highToLowLoss', [term, term], (gan, pixel) => ({ ...highToLowLoss(gan, pixel, { gan: 0.05, pixel: 1 }) })],
    ['hingeDiscriminatorLoss', [scores, scores], (real, fake) => ({ ...hingeDiscriminatorLoss(real, fake) })],
    ['hingeGeneratorLoss', [scores], hingeGeneratorLoss],
    ['pixelLoss', [heatmaps, reconstructed], pixelLoss],
    ['heatmapLoss', [heatmaps, reconstructed, visible], (h, r, v) => ({ ...heatmapLoss(h, r, v) })],
    ['reconstructionLoss', [heatmaps, reconstructed, visible], (h, r, v) => reconstructionLoss(h, r, v)],
    ['heatmapDiscriminatorLoss', [term, term], (real, fake) => heatmapDiscriminatorLoss(real, fake, 0.5)],
    [
      'confidenceDiscriminatorLoss',
      [scores, scores, scores],
      (truth, generated, real) => ({ ...confidenceDiscriminatorLoss({ truth, generated, real }) }),
    ],
    ['confidenceGeneratorLoss', [scores, scores], (generated, real) => confidenceGeneratorLoss({ generated, real })],
    [
      'semiSupervisedLoss',
      [term, term, term],
      (mse, keypoint, confidence) =>
        semiSupervisedLoss({ mse, keypoint, confidence }, { mse: 1, keypoint: 0.05, confidence: 0.005 }),
    ],
  ])('%s', async (_name, make, compute) => {
    const inputs = make.map((input) => input());
    await expectNoLeak(() => tf.dispose(compute(...inputs)));
    tf.dispose(inputs);
  });
});
