import { describe, expect, it } from 'vitest';
import { WeightReader } from '../../src/detect/fold-batch-norm.js';
import { WeightsMismatchError } from '../../src/errors.js';
import type { NetworkWeights } from '../../src/formats/weights-file.js';
import { largestDifference } from '../support/numbers.js';

const tensor = (shape: number[], ...values: number[]) => ({ shape, data: Float32Array.from(values) });

/** A 1x1 convolution from two channels to two, with its BatchNorm, and one with a bias. */
const weights = (): NetworkWeights => ({
  network: 'HeatmapUNet',
  config: {},
  tensors: {
    'conv/kernel': tensor([1, 1, 2, 2], 1, 2, 3, 4),
    'norm/gamma': tensor([2], 6, -1),
    'norm/beta': tensor([2], 10, 20),
    'norm/moving_mean': tensor([2], 2, 5),
    'norm/moving_variance': tensor([2], 9 - 1e-5, 0.25 - 1e-5),
    'head/kernel': tensor([1, 1, 2, 1], 7, 8),
    'head/bias': tensor([1], 9),
  },
});

describe('WeightReader', () => {
  it('scales the kernel of each output channel by gamma / sqrt(variance + epsilon), and shifts by the rest', () => {
    const { kernel, bias } = new WeightReader(weights()).normalizedConvolution('conv', 'norm', [1, 1, 2, 2]);
    // Scales: 6 / 3 = 2 and -1 / 0.5 = -2.
    expect(kernel.shape).toEqual([1, 1, 2, 2]);
    expect(largestDifference(kernel.data, [2, -4, 6, -8])).toBeLessThan(1e-5);
    expect(bias.shape).toEqual([2]);
    expect(largestDifference(bias.data, [10 - 2 * 2, 20 + 2 * 5])).toBeLessThan(1e-5);
  });

  it('reads a convolution without normalisation unchanged', () => {
    const { kernel, bias } = new WeightReader(weights()).convolution('head', [1, 1, 2, 1]);
    expect([...kernel.data, ...bias.data]).toEqual([7, 8, 9]);
  });

  it('does not change the weights it reads', () => {
    const given = weights();
    new WeightReader(given).normalizedConvolution('conv', 'norm', [1, 1, 2, 2]);
    expect(given).toEqual(weights());
  });

  it('refuses weights that are missing or of another shape, naming them', () => {
    const reader = new WeightReader(weights());
    expect(() => reader.convolution('neck', [1, 1, 2, 1])).toThrow(WeightsMismatchError);
    expect(() => reader.convolution('neck', [1, 1, 2, 1])).toThrow('"neck/kernel" is missing');
    expect(() => reader.convolution('head', [1, 1, 2, 3])).toThrow('"head/kernel" is [1, 1, 2, 1]');
    expect(() => reader.normalizedConvolution('conv', 'norm', [1, 1, 2, 3])).toThrow('asks for [1, 1, 2, 3]');
  });

  it('refuses weights that are left over', () => {
    const reader = new WeightReader(weights());
    reader.normalizedConvolution('conv', 'norm', [1, 1, 2, 2]);
    expect(() => reader.assertAllRead()).toThrow(WeightsMismatchError);
    expect(() => reader.assertAllRead()).toThrow('"head/kernel"');
    reader.convolution('head', [1, 1, 2, 1]);
    expect(() => reader.assertAllRead()).not.toThrow();
  });
});
