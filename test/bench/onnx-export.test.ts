import { describe, expect, it } from 'vitest';
import { exportOnnx } from '../../bench/speed/export-onnx.js';
import { applyFolded } from '../../bench/speed/folded.js';
import { bundledWeights, untrainedWeights } from '../../bench/speed/networks.js';
import { toChannelsFirst, toChannelsLast } from '../../bench/speed/permute.js';
import { FoldedHeatmapUNet } from '../../src/detect/folded-heatmap-unet.js';
import { WeightsMismatchError } from '../../src/errors.js';
import type { PlainTensor } from '../../src/formats/safetensors.js';
import type { NetworkWeights } from '../../src/formats/weights-file.js';
import type { HeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';
import { Random } from '../../src/random.js';
import { expectNoLeak, useWasm } from '../support/tensors.js';

// Absent without `npm run setup`, or on a platform it was not built for.
const onnx = await import('../../bench/speed/onnx-network.js').catch(() => undefined);

/** As after training: normalisation that does something, and heatmaps of about 1. */
function disturb(weights: NetworkWeights): NetworkWeights {
  const random = new Random(3);
  const ranges: Record<string, [number, number]> = {
    gamma: [0.5, 1.5],
    beta: [-0.5, 0.5],
    moving_mean: [-0.5, 0.5],
    moving_variance: [0.5, 2],
    bias: [-0.5, 0.5],
  };
  const tensors = Object.entries(weights.tensors).map(([name, { shape, data }]): [string, PlainTensor] => {
    const range = ranges[name.split('/')[1]!];
    return [name, { shape, data: range ? data.map(() => random.uniform(...range)) : data }];
  });
  return { ...weights, tensors: Object.fromEntries(tensors) };
}

function randomFaces(shape: number[]): PlainTensor {
  const random = new Random(5);
  const length = shape.reduce((product, size) => product * size, 1);
  return { shape, data: Float32Array.from({ length }, () => random.uniform(-1, 1)) };
}

async function expectSameHeatmaps(weights: NetworkWeights): Promise<void> {
  const { inputSize, inputChannels, landmarks } = weights.config as HeatmapUNetConfig;
  const faces = randomFaces([3, inputSize, inputSize, inputChannels]);
  const folded = new FoldedHeatmapUNet(weights);
  const ours = await applyFolded(folded, faces);
  folded.dispose();
  const network = await onnx!.OnnxNetwork.open(exportOnnx(weights));
  const theirs = toChannelsLast(await network.apply(toChannelsFirst(faces)));
  await network.release();

  expect(theirs.shape).toEqual([3, inputSize, inputSize, landmarks + 1]);
  expect(theirs.shape).toEqual(ours.shape);
  const differences = ours.data.map((value, index) => Math.abs(value - theirs.data[index]!));
  expect(differences.every((difference) => difference <= 1e-4)).toBe(true);
  // Zeros everywhere would agree as well.
  expect(Math.max(...ours.data.map(Math.abs).slice(0, 10_000))).toBeGreaterThan(0.1);
}

describe.skipIf(!onnx)(
  `onnxruntime-node on an exported network${onnx ? '' : ' (skipped: not installed: npm run setup)'}`,
  () => {
    it("gives the heatmaps of detection's network, for the paper's widths", async () => {
      await useWasm();
      await expectSameHeatmaps(disturb(await untrainedWeights()));
    });

    it('gives them where widths change between groups, and for another input', async () => {
      await useWasm();
      const config = { widths: [8, 12, 16], inputSize: 40, inputChannels: 1, landmarks: 19 };
      await expectSameHeatmaps(disturb(await untrainedWeights(config)));
    });

    it('gives them for the weights in the package', async () => {
      await useWasm();
      await expectSameHeatmaps(await bundledWeights());
    });
  },
);

describe('exportOnnx', () => {
  it('refuses weights that are not those of their configuration', async () => {
    await useWasm();
    const weights = await untrainedWeights({ widths: [8], inputSize: 8 });
    const wrong = { ...weights, config: { ...(weights.config as HeatmapUNetConfig), widths: [12] } };
    expect(() => exportOnnx(wrong)).toThrow(WeightsMismatchError);
  });

  it('leaves no tensor behind, nor does what feeds it', async () => {
    await useWasm();
    await expectNoLeak(async () => exportOnnx(await untrainedWeights({ widths: [8], inputSize: 8 })));
  });
});
