import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { useBackend } from '../../src/backends/use-backend.js';
import { InvalidArgumentError } from '../../src/errors.js';
import { BeganHeatmapDiscriminator } from '../../src/networks/began-heatmap-discriminator.js';
import { ConfidenceDiscriminator } from '../../src/networks/confidence-discriminator.js';
import { channelsOfFacesAndHeatmaps, joinFacesAndHeatmaps } from '../../src/networks/faces-and-heatmaps.js';

beforeAll(() => useBackend('cpu'));

const batchOf = (shape: number[]) => tf.zeros<tf.Rank>(shape as [number]) as tf.Tensor4D;

describe('the input of D2 and D3', () => {
  it('is the colours, then the heatmaps', async () => {
    const faces = tf.tensor4d([1, 2, 3], [1, 1, 1, 3]);
    const heatmaps = tf.tensor4d([4, 5], [1, 1, 1, 2]);
    const joined = joinFacesAndHeatmaps('D2', faces, heatmaps);
    expect(joined.shape).toEqual([1, 1, 1, channelsOfFacesAndHeatmaps(1)]);
    expect([...(await joined.data())]).toEqual([1, 2, 3, 4, 5]);
    tf.dispose([faces, heatmaps, joined]);
  });

  it.each([
    ['fewer faces than heatmaps', [1, 8, 8, 3], [2, 8, 8, 3]],
    ['another size', [2, 8, 8, 3], [2, 16, 16, 3]],
    ['a face without a batch', [8, 8, 3], [8, 8, 3]],
  ])('refuses %s, names both shapes and leaks nothing', (_, ofFaces, ofHeatmaps) => {
    const networks = [
      new BeganHeatmapDiscriminator({ inputSize: 8, widths: [4, 4], landmarks: 2 }),
      new ConfidenceDiscriminator({ inputSize: 8, widths: [4, 4, 4, 4], landmarks: 2 }),
    ] as const;
    const faces = batchOf(ofFaces);
    const heatmaps = batchOf(ofHeatmaps);
    const before = tf.memory().numTensors;
    for (const judge of [
      () => networks[0].reconstruct(heatmaps, faces),
      () => networks[1].confidence(heatmaps, faces),
    ]) {
      expect(judge).toThrow(InvalidArgumentError);
      expect(judge).toThrow(`got [${ofFaces.join(', ')}] and [${ofHeatmaps.join(', ')}]`);
    }
    expect(tf.memory().numTensors).toBe(before);
    for (const network of networks) network.dispose();
    tf.dispose([faces, heatmaps]);
  });
});
