import { describe, expect, it } from 'vitest';
import { InvalidArgumentError } from '../../src/errors.js';
import { heatmapPresets } from '../../src/training/heatmap-trainer-config.js';
import { resolveSemiSupervisedConfig, type SemiSupervisedPreset } from '../../src/training/semi-supervised-config.js';
import { withEpochs } from '../../src/training-loop/schedule.js';

const presets: SemiSupervisedPreset[] = ['S2', 'S3', 'S4'];

describe('the settings of stage two', () => {
  it('are the protocol of S1 on what G1 makes, and differ in the discriminators alone', () => {
    const configs = presets.map((preset) => resolveSemiSupervisedConfig(preset));
    const { lowResolution: _source, ...protocol } = heatmapPresets.S1;
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

  it('are narrower at the small scale, D2 as narrow as G2', () => {
    const { network, heatmapDiscriminator } = resolveSemiSupervisedConfig('S4', 'small');
    expect(network.widths).toEqual([24, 32, 48, 64]);
    expect(heatmapDiscriminator).toEqual({ widths: network.widths });
  });

  it('name a setting that is wrong', () => {
    const wrong = () => resolveSemiSupervisedConfig('S4', 'small', { balance: { lambda: 0, gamma: 0.5 } });
    expect(wrong).toThrow(InvalidArgumentError);
    expect(wrong).toThrow('balance.lambda');
    expect(() => resolveSemiSupervisedConfig('S4', 'small', { surprise: 1 } as object)).toThrow('surprise');
  });
});

describe('withEpochs', () => {
  it('halves the rate after the same shares of a shorter run', () => {
    expect(withEpochs(heatmapPresets.S1, 10)).toEqual({ epochs: 10, milestones: [4, 8] });
    expect(withEpochs(heatmapPresets.S1, 200)).toEqual({ epochs: 200, milestones: [80, 160] });
  });
});
