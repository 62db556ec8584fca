import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { resolveHeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';
import { heatmapPresets, resolveHeatmapTrainerConfig } from '../../src/training/heatmap-trainer-config.js';

describe('heatmapPresets', () => {
  it('S1 is section 4.1 of the paper', () => {
    expect(heatmapPresets.S1).toEqual({
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
    expect(resolveHeatmapUNetConfig(heatmapPresets.S1.network).inputSize).toBe(32);
  });

  it('HR-LD differs from S1 in the resolution only', () => {
    const { lowResolution, network, ...rest } = heatmapPresets['HR-LD'];
    const { lowResolution: _source, network: _network, ...paper } = heatmapPresets.S1;
    expect(lowResolution).toBe('none');
    expect(network).toEqual({ inputSize: 128 });
    expect(rest).toEqual(paper);
  });

  it.each(['S1', 'HR-LD', 'bundled'] as const)('%s is valid, and a network can be made of it', (preset) => {
    expect(resolveHeatmapTrainerConfig(preset)).toEqual(heatmapPresets[preset]);
    expect(() => resolveHeatmapUNetConfig(heatmapPresets[preset].network)).not.toThrow();
  });

  it('bundled moves boxes by 15 % and scales them by 0.8 to 1.25', () => {
    const { shift, scale } = heatmapPresets.bundled.augmentation;
    // A share of the crop, which is 1.2 times as wide as the box.
    expect(shift * 1.2).toBeCloseTo(0.15, 12);
    expect(scale).toEqual([0.8, 1.25]);
  });
});

describe('resolveHeatmapTrainerConfig', () => {
  it('replaces settings, of the network each by itself, and leaves the preset as it is', () => {
    const config = resolveHeatmapTrainerConfig('HR-LD', { epochs: 3, network: { widths: [8, 8] } });
    expect(config.epochs).toBe(3);
    expect(config.network).toEqual({ inputSize: 128, widths: [8, 8] });
    expect(heatmapPresets['HR-LD'].network).toEqual({ inputSize: 128 });
    expect(heatmapPresets['HR-LD'].epochs).toBe(200);
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
    ['augmentation.rotation', { augmentation: { ...heatmapPresets.S1.augmentation, rotation: -1 } }],
    ['augmentation.scale.0', { augmentation: { ...heatmapPresets.S1.augmentation, scale: [0, 1] } }],
    ['augmentation.mirror', { augmentation: { ...heatmapPresets.S1.augmentation, mirror: 1 } }],
    ['lowResolution', { lowResolution: 'tiny' }],
    ['cropSize', { cropSize: 1.5 }],
    ['sigma', { sigma: Number.NaN }],
    ['epoch', { epoch: 3 }],
  ])('names %s when it is wrong', (key, changes) => {
    const resolve = () => resolveHeatmapTrainerConfig('S1', changes as never);
    expect(resolve).toThrow(InvalidArgumentError);
    expect(resolve).toThrow(`training configuration's ${key}:`);
  });

  it.each(['S9', '', 'toString', 'constructor'])('names the presets when there is none called "%s"', (preset) => {
    const resolve = () => resolveHeatmapTrainerConfig(preset as never);
    expect(resolve).toThrow(InvalidArgumentError);
    expect(resolve).toThrow(`There is no preset "${preset}". Choose S1, HR-LD, bundled.`);
  });
});
