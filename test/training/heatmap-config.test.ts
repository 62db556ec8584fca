import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { resolveHeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';
import { resolveHeatmapConfig } from '../../src/training/heatmap-config.js';

const paper = resolveHeatmapConfig('S1');

describe('the presets of G2 alone', () => {
  it('S1 is section 4.1 of the paper', () => {
    expect(paper).toEqual({
      seed: 0,
      epochs: 200,
      batchSize: 32,
      learningRate: 2e-4,
      milestones: [80, 160],
      network: {},
      adam: { beta1: 0.5, beta2: 0.9, epsilon: 1e-8 },
      augmentation: { rotation: 30, scale: [0.9, 1.1], shift: 20 / 128, flip: 0, colour: 0, occlusion: 0 },
      lowResolution: 'subsample',
      cropSize: 128,
      sigma: 2,
    });
    expect(resolveHeatmapUNetConfig(paper.network).inputSize).toBe(32);
  });

  it('HR-LD differs from S1 in the resolution only', () => {
    const { lowResolution, network, ...rest } = resolveHeatmapConfig('HR-LD');
    const { lowResolution: _source, network: _network, ...protocol } = paper;
    expect(lowResolution).toBe('none');
    expect(network).toEqual({ inputSize: 128 });
    expect(rest).toEqual(protocol);
  });

  it.each(['S1', 'HR-LD', 'bundled'] as const)(
    '%s is valid at both scales, and a network can be made of it',
    (preset) => {
      for (const scale of ['paper', 'small'] as const) {
        const { network } = resolveHeatmapConfig(preset, { scale });
        expect(() => resolveHeatmapUNetConfig(network)).not.toThrow();
      }
    },
  );

  it('bundled moves boxes by 15 % and scales them by 0.8 to 1.25', () => {
    const { shift, scale } = resolveHeatmapConfig('bundled').augmentation;
    // A share of the crop, which is 1.2 times as wide as the box.
    expect(shift * 1.2).toBeCloseTo(0.15, 12);
    expect(scale).toEqual([0.8, 1.25]);
  });
});

describe('resolveHeatmapConfig', () => {
  it('replaces single settings, also of the network, and leaves the preset unchanged', () => {
    const config = resolveHeatmapConfig('HR-LD', { epochs: 3, network: { widths: [8, 8] } });
    expect(config.epochs).toBe(3);
    expect(config.network).toEqual({ inputSize: 128, widths: [8, 8] });
    expect(resolveHeatmapConfig('HR-LD').network).toEqual({ inputSize: 128 });
    expect(resolveHeatmapConfig('HR-LD').epochs).toBe(200);
  });

  it('makes S1 at the small scale narrower and shorter, with a higher rate', () => {
    expect(resolveHeatmapConfig('S1', { scale: 'small', seed: 7 })).toEqual({
      ...paper,
      seed: 7,
      epochs: 8,
      batchSize: 16,
      learningRate: 1e-3,
      milestones: [4, 6, 7],
      network: { widths: [24, 32, 48, 64] },
    });
    const network = { inputSize: 128, widths: [24, 32, 48, 64] };
    expect(resolveHeatmapConfig('HR-LD', { scale: 'small' }).network).toEqual(network);
  });

  it('has the same recipe of the bundled weights at both scales', () => {
    expect(resolveHeatmapConfig('bundled', { scale: 'small' })).toEqual(resolveHeatmapConfig('bundled'));
  });

  it('moves the milestones with the epochs, unless they are replaced too', () => {
    expect(resolveHeatmapConfig('S1', { epochs: 10 }).milestones).toEqual([4, 8]);
    expect(resolveHeatmapConfig('S1', { epochs: 10, scale: 'small' }).milestones).toEqual([5, 8, 9]);
    expect(resolveHeatmapConfig('S1', { epochs: 10, milestones: [80] }).milestones).toEqual([80]);
    expect(resolveHeatmapConfig('S1', { milestones: [80] })).toEqual({ ...paper, milestones: [80] });
  });

  it.each([
    ['seed', { seed: 0.5 }],
    ['epochs', { epochs: 0 }],
    ['epochs', { epochs: Number.NaN }],
    ['epochs', { epochs: '3' }],
    ['batchSize', { batchSize: -1 }],
    ['learningRate', { learningRate: 0 }],
    ['milestones.1', { milestones: [1, 'two'] }],
    ['adam.beta1', { adam: { beta1: 2, beta2: 0.9, epsilon: 1e-8 } }],
    ['adam.epsilon', { adam: { beta1: 0.5, beta2: 0.9 } }],
    ['augmentation.rotation', { augmentation: { ...paper.augmentation, rotation: -1 } }],
    ['augmentation.scale.0', { augmentation: { ...paper.augmentation, scale: [0, 1] } }],
    ['augmentation.mirror', { augmentation: { ...paper.augmentation, mirror: 1 } }],
    ['lowResolution', { lowResolution: 'tiny' }],
    ['cropSize', { cropSize: 1.5 }],
    ['sigma', { sigma: Number.NaN }],
    ['epoch', { epoch: 3 }],
  ])('names %s when it is wrong', (key, changes) => {
    const resolve = () => resolveHeatmapConfig('S1', changes as never);
    expect(resolve).toThrow(InvalidArgumentError);
    expect(resolve).toThrow(`training configuration's ${key}:`);
  });

  it.each(['S9', '', 'toString', 'constructor'])('refuses the unknown preset "%s" and lists the presets', (preset) => {
    const resolve = () => resolveHeatmapConfig(preset as never);
    expect(resolve).toThrow(InvalidArgumentError);
    expect(resolve).toThrow(`There is no preset "${preset}". Choose S1, HR-LD, bundled.`);
  });

  it.each(['large', '', 'toString'])('refuses the unknown scale "%s" and lists the scales', (scale) => {
    const resolve = () => resolveHeatmapConfig('S1', { scale: scale as never });
    expect(resolve).toThrow(InvalidArgumentError);
    expect(resolve).toThrow(`There is no scale "${scale}". Choose paper, small.`);
  });
});
