import { describe, expect, it } from 'vitest';
import { resolveHeatmapConfig } from '../../src/training/heatmap-config.js';
import { steppedLearningRate } from '../../src/training-loop/schedule.js';

describe('steppedLearningRate', () => {
  it("is the paper's: 2e-4, halved after 80 and after 160 of 200 epochs", () => {
    const { learningRate, milestones, epochs } = resolveHeatmapConfig('S1');
    const rates = Array.from({ length: epochs }, (_, epoch) => steppedLearningRate(learningRate, milestones, epoch));
    expect(rates.slice(0, 80)).toEqual(Array(80).fill(2e-4));
    expect(rates.slice(80, 160)).toEqual(Array(80).fill(1e-4));
    expect(rates.slice(160)).toEqual(Array(40).fill(5e-5));
  });

  it('is constant without milestones', () => expect(steppedLearningRate(0.1, [], 1000)).toBe(0.1));
});
