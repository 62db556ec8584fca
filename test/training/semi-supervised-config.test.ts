import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { resolveHeatmapConfig } from '../../src/training/heatmap-config.js';
import { resolveSemiSupervisedConfig, type SemiSupervisedPreset } from '../../src/training/semi-supervised-config.js';

const presets: SemiSupervisedPreset[] = ['S2', 'S3', 'S4'];

describe('the settings of stage two', () => {
  it('are S1 on generated faces, and differ only in the discriminators', () => {
    const configs = presets.map((preset) => resolveSemiSupervisedConfig(preset));
    const { lowResolution: _source, ...protocol } = resolveHeatmapConfig('S1');
    for (const { heatmapDiscriminator: _d2, confidenceDiscriminator: _d3, ...shared } of configs) {
      expect(shared).toEqual({
        ...protocol,
        lowResolution: 'generated',
        lossWeights: { mse: 1, keypoint: 0.05, confidence: 0.005 },
        balance: { lambda: 0.001, gamma: 0.5 },
      });
    }
    expect(configs.map(({ heatmapDiscriminator }) => heatmapDiscriminator)).toEqual([null, {}, {}]);
    expect(configs.map(({ confidenceDiscriminator }) => confidenceDiscriminator)).toEqual([null, null, {}]);
  });

  it('are narrower at the small scale, with D2 as wide as G2', () => {
    const { network, heatmapDiscriminator } = resolveSemiSupervisedConfig('S4', { scale: 'small' });
    expect(network.widths).toEqual([24, 32, 48, 64]);
    expect(heatmapDiscriminator).toEqual({ widths: network.widths });
  });

  it('are refused with a wrong setting, which the error names', () => {
    const wrong = () => resolveSemiSupervisedConfig('S4', { scale: 'small', balance: { lambda: 0, gamma: 0.5 } });
    expect(wrong).toThrow(InvalidArgumentError);
    expect(wrong).toThrow('balance.lambda');
    expect(() => resolveSemiSupervisedConfig('S4', { scale: 'small', surprise: 1 } as object)).toThrow('surprise');
  });
});
