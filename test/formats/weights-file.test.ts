import { describe, expect, it } from 'vitest';
import { isLowResLandmarksError, WeightsCorruptError, WeightsMismatchError } from '../../src/errors.js';
import { decodeSafetensors, encodeSafetensors } from '../../src/formats/safetensors.js';
import { decodeWeightsFile, encodeWeightsFile, type NetworkWeights } from '../../src/formats/weights-file.js';

const weights: NetworkWeights = {
  network: 'HeatmapUNet',
  config: { inputSize: 32, widths: [4, 4] },
  tensors: {
    'stem/kernel': { shape: [2, 2], data: Float32Array.from([0.25, -1.5, 3, 0]) },
    'stem/bias': { shape: [3], data: Float32Array.from([1, 2, 65504]) },
  },
};

describe('weights files', () => {
  it.each(['F32', 'F16'] as const)('are read as written in %s', (precision) => {
    const read = decodeWeightsFile(encodeWeightsFile(weights, precision), 'HeatmapUNet');
    expect(read).toEqual(weights);
    expect(decodeWeightsFile(encodeWeightsFile(weights, precision))).toEqual(weights);
  });

  it('have a checksum of the stored numbers, so that rounding to half precision is not damage', () => {
    const tensors = { w: { shape: [1], data: Float32Array.from([0.1]) } };
    const { data } = decodeWeightsFile(encodeWeightsFile({ ...weights, tensors })).tensors.w!;
    expect(data[0]).not.toBe(Math.fround(0.1));
    expect(data[0]).toBeCloseTo(0.1, 3);
  });

  it('are the same bytes for the same weights', () => {
    expect(encodeWeightsFile(weights)).toEqual(encodeWeightsFile(structuredClone(weights)));
  });

  it('are refused when any one bit of the numbers is flipped', () => {
    const file = encodeWeightsFile(weights);
    const start = file.length - 7 * 2;
    for (let at = start; at < file.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        const damaged = file.slice();
        damaged[at]! ^= 1 << bit;
        expect(() => decodeWeightsFile(damaged), `byte ${at}, bit ${bit}`).toThrow(WeightsCorruptError);
      }
    }
  });

  it('are refused, with a typed error, when any byte is changed', () => {
    const file = encodeWeightsFile(weights);
    const text = new TextDecoder('latin1').decode(file);
    for (let at = 0; at < file.length; at++) {
      const damaged = file.slice();
      damaged[at]! ^= 0x01;
      let error: unknown;
      try {
        decodeWeightsFile(damaged, 'HeatmapUNet');
      } catch (caught) {
        error = caught;
      }
      expect(error ?? `byte ${at} ("${text[at]}") changed unnoticed`).toSatisfy(
        (e) => e instanceof WeightsCorruptError || e instanceof WeightsMismatchError,
      );
    }
  });

  it('fail with a typed error, whatever the damage to the configuration', () => {
    const file = encodeWeightsFile(weights);
    for (let at = 0; at < file.length; at++) {
      const damaged = file.slice();
      damaged[at] = 0x7a;
      try {
        decodeWeightsFile(damaged);
      } catch (error) {
        expect(isLowResLandmarksError(error), `byte ${at}: ${error}`).toBe(true);
      }
    }
  });

  it('are refused with renamed, reordered or reshaped tensors', () => {
    const { tensors, metadata } = decodeSafetensors(encodeWeightsFile(weights));
    const { 'stem/kernel': kernel, 'stem/bias': bias } = tensors as Required<typeof tensors>;
    const forged = [
      { 'stem/kernal': kernel!, 'stem/bias': bias! },
      { 'stem/bias': bias!, 'stem/kernel': kernel! },
      { 'stem/kernel': { ...kernel!, shape: [4, 1] }, 'stem/bias': bias! },
      { 'stem/kernel': kernel! },
    ];
    for (const content of forged) {
      expect(() => decodeWeightsFile(encodeSafetensors({ tensors: content, metadata }, 'F16'))).toThrow(
        WeightsCorruptError,
      );
    }
  });

  it('of another kind of network are refused, with both kinds in the message', () => {
    const file = encodeWeightsFile({ ...weights, network: 'HighToLowGenerator' });
    expect(() => decodeWeightsFile(file, 'HeatmapUNet')).toThrow(WeightsMismatchError);
    expect(() => decodeWeightsFile(file, 'HeatmapUNet')).toThrow(/HighToLowGenerator.*HeatmapUNet/);
    const foreign = encodeSafetensors({ tensors: weights.tensors, metadata: {} });
    expect(() => decodeWeightsFile(foreign)).toThrow(WeightsMismatchError);
  });
});
