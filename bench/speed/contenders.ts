import { useBackend } from '../../src/backends/use-backend.js';
import type { LandmarkDataset } from '../../src/datasets/dataset.js';
import { FoldedHeatmapUNet } from '../../src/detect/folded-heatmap-unet.js';
import type { PlainTensor } from '../../src/formats/safetensors.js';
import { decodeWeightsFile, type NetworkWeights } from '../../src/formats/weights-file.js';
import type { HeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';
import { Random } from '../../src/random.js';
import { resolveHeatmapConfig } from '../../src/training/heatmap-config.js';
import type { HeatmapBatch } from '../../src/training/heatmap-learner.js';
import { HeatmapTrainer } from '../../src/training/heatmap-trainer.js';
import type { Metrics } from '../../src/training-loop/trainer-types.js';
import { applyFolded } from './folded.js';
import type { OnnxNetwork } from './onnx-network.js';
import type { Peer } from './peers/peer.js';
import { ANSWERED_STEPS, type Job } from './peers/protocol.js';
import { toChannelsFirst } from './permute.js';
import { type Contender, elapsed } from './rounds.js';

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

/** A job that another process does, and times itself. */
export function peerContender(peer: Peer, job: Job): Contender {
  const turn = (milliseconds: number) => peer.ask('turn', { ...job, milliseconds });
  return { everyNthRound: 1, begin: async () => {}, time: async () => (await turn(0))[0]!, turn };
}

/** A training step of ours, and what another runtime needs to do the same. */
export interface TrainingStep {
  contender: Contender;
  /** The weights that it starts from, and the batch that it repeats. */
  weights: NetworkWeights;
  batch: HeatmapBatch;
  /** The loss of each of the first steps. */
  losses: number[];
}

/** A step of the trainer: forward, loss, gradients, Adam, the losses read. Making the batch does not count. */
export async function trainingStep(
  backend: Backend,
  network: Partial<HeatmapUNetConfig>,
  faces: number,
): Promise<TrainingStep> {
  await useBackend(backend);
  const config = resolveHeatmapConfig('S1', { network });
  const trainer = new SteppedTrainer({ config, training: noise, validation: noise });
  const weights = await trainer.currentWeights();
  const batch = await trainer.prepareBatch(Array(faces).fill(0), 0);
  const losses: number[] = [];
  for (let step = 0; step < ANSWERED_STEPS; step++) losses.push((await trainer.trainStep(batch)).loss!);
  const contender = {
    everyNthRound: everyNthRound[backend],
    begin: () => useBackend(backend),
    time: () => elapsed(() => trainer.trainStep(batch)),
  };
  return { contender, weights, batch, losses };
}

/** A trainer whose steps are made from outside. */
class SteppedTrainer extends HeatmapTrainer {
  override prepareBatch(indices: readonly number[], epoch: number): Promise<HeatmapBatch> {
    return super.prepareBatch(indices, epoch);
  }

  override trainStep(batch: HeatmapBatch): Promise<Metrics> {
    return super.trainStep(batch);
  }

  async currentWeights(): Promise<NetworkWeights> {
    return decodeWeightsFile(await this.network.save('F32'));
  }
}

/** One face of noise: what is in a picture does not change how long a step takes. */
const noise: LandmarkDataset = {
  scheme: 68,
  length: 1,
  group: () => 'noise',
  get: async () => {
    const random = new Random(0);
    const side = 128;
    const data = Float32Array.from({ length: side * side * 3 }, () => random.uniform(0, 255));
    const points = Array.from({ length: 68 }, () => ({ x: random.uniform(20, 108), y: random.uniform(20, 108) }));
    return { id: 'noise', image: { data, width: side, height: side }, points };
  },
};
