import * as tf from '@tensorflow/tfjs-core';
import { useBackend } from '../../src/backends/use-backend.js';
import { Random } from '../../src/data/random.js';
import type { PlainTensor } from '../../src/data/safetensors.js';
import type { LandmarkDataset } from '../../src/data/sample.js';
import type { NetworkWeights } from '../../src/data/weights-file.js';
import { FoldedHeatmapUNet } from '../../src/detect/folded-heatmap-unet.js';
import { type HeatmapBatch, HeatmapTrainer } from '../../src/training/heatmap-trainer.js';
import { resolveHeatmapTrainerConfig } from '../../src/training/heatmap-trainer-config.js';
import type { Metrics } from '../../src/training/trainer.js';
import type { OnnxNetwork } from './onnx-network.js';
import { toChannelsFirst } from './permute.js';
import type { Contender } from './rounds.js';

/** The backends of tfjs that are measured. */
export type Backend = 'wasm' | 'cpu';

/** The plain JavaScript backend is hundreds of times slower: it takes part in fewer rounds, with one face at a time. */
const everyNthRound = { wasm: 1, cpu: 3 } as const;

/** Random faces, `[faces, 32, 32, 3]` in -1..1 as the networks take them. */
export function randomFaces(faces: number, size: number, channels: number): PlainTensor {
  const random = new Random(0);
  const data = Float32Array.from({ length: faces * size * size * channels }, () => random.uniform(-1, 1));
  return { shape: [faces, size, size, channels], data };
}

/** Heatmaps by detection's network on the current backend, read back. */
export async function applyFolded(network: FoldedHeatmapUNet, { shape, data }: PlainTensor): Promise<PlainTensor> {
  const input = tf.tensor4d(data, shape as [number, number, number, number]);
  const heatmaps = network.apply(input);
  const answer = { shape: [...heatmaps.shape], data: await heatmaps.data<'float32'>() };
  tf.dispose([input, heatmaps]);
  return answer;
}

/** Detection's network: from an array of pixels to an array of heatmaps. */
export async function foldedForward(backend: Backend, weights: NetworkWeights, faces: PlainTensor): Promise<Contender> {
  await useBackend(backend);
  const network = new FoldedHeatmapUNet(weights);
  return {
    everyNthRound: everyNthRound[backend],
    begin: () => useBackend(backend),
    time: () => elapsed(() => applyFolded(network, faces)),
  };
}

/** The same network in onnxruntime, likewise from array to array. */
export function onnxForward(network: OnnxNetwork, faces: PlainTensor): Contender {
  const input = toChannelsFirst(faces);
  return {
    everyNthRound: 1,
    begin: async () => {},
    time: () => elapsed(() => network.apply(input)),
  };
}

/** A step of the trainer: forward, loss, gradients, Adam, the losses read. Making the batch does not count. */
export async function trainingStep(backend: Backend, weights: NetworkWeights, faces: number): Promise<Contender> {
  await useBackend(backend);
  const config = resolveHeatmapTrainerConfig('S1', { network: weights.config as object });
  const trainer = new SteppedTrainer({ config, training: noise, validation: noise });
  return {
    everyNthRound: everyNthRound[backend],
    begin: () => useBackend(backend),
    time: async () => {
      const batch = await trainer.prepareBatch(Array(faces).fill(0), 0);
      return elapsed(() => trainer.trainStep(batch));
    },
  };
}

/** A trainer whose steps are made from outside. */
class SteppedTrainer extends HeatmapTrainer {
  override prepareBatch(indices: readonly number[], epoch: number): Promise<HeatmapBatch> {
    return super.prepareBatch(indices, epoch);
  }

  override trainStep(batch: HeatmapBatch): Promise<Metrics> {
    return super.trainStep(batch);
  }
}

/** One face of noise: what is in a picture does not change how long a step takes. */
const noise: LandmarkDataset = {
  scheme: 68,
  length: 1,
  group: () => 'noise',
  sample: async () => {
    const random = new Random(0);
    const side = 128;
    const data = Float32Array.from({ length: side * side * 3 }, () => random.uniform(0, 255));
    const points = Array.from({ length: 68 }, () => ({ x: random.uniform(20, 108), y: random.uniform(20, 108) }));
    return { id: 'noise', image: { data, width: side, height: side }, points };
  },
};

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
