import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { useBackend } from '../../src/backends/use-backend.js';
import { FoldedHeatmapUNet } from '../../src/detect/folded-heatmap-unet.js';
import { encodeSafetensors, type PlainTensor } from '../../src/formats/safetensors.js';
import { encodeWeightsFile, type NetworkWeights } from '../../src/formats/weights-file.js';
import type { HeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';
import { foldedForward, onnxForward, peerContender, randomFaces, trainingStep } from './contenders.js';
import { exportOnnx } from './export-onnx.js';
import { applyFolded } from './folded.js';
import { OnnxNetwork } from './onnx-network.js';
import type { Peer } from './peers/peer.js';
import { batchFile, type Job, MODEL_FILE, WEIGHTS_FILE } from './peers/protocol.js';
import type { Peers } from './peers/start-peers.js';
import { toChannelsFirst, toChannelsLast } from './permute.js';
import type { NetworkResults, Row } from './report.js';
import type { Contender } from './rounds.js';

/** Above this another runtime does not compute the same: heatmaps absolutely, losses relatively. */
const LARGEST_DIFFERENCE = { heatmaps: 1e-4, losses: 1e-3 };

/** A contender, and where its times go. */
export interface Entry extends Pick<Row, 'task' | 'faces' | 'runtime' | 'note'> {
  network: Omit<NetworkResults, 'rows'>;
  contender: Contender;
}

/**
 * All that is timed with one network.
 *
 * @param folder Where the peers find it.
 * @throws Error when another runtime's heatmaps or losses are not ours.
 */
export async function enter(name: string, weights: NetworkWeights, folder: string, peers: Peers): Promise<Entry[]> {
  const { widths, inputSize, inputChannels } = weights.config as HeatmapUNetConfig;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, WEIGHTS_FILE), encodeWeightsFile(weights, 'F32'));
  await writeFile(join(folder, MODEL_FILE), exportOnnx(weights));
  const onnx = await OnnxNetwork.open(await readFile(join(folder, MODEL_FILE)));
  const network = { name, widths, largestDifference: 0 };
  const entries: Entry[] = [];
  for (const faces of [1, 32]) {
    const images = randomFaces(faces, inputSize, inputChannels);
    const job: Job = { task: 'forward', faces, folder };
    await writeFile(join(folder, batchFile(job)), encodeSafetensors({ tensors: { images }, metadata: {} }));
    const expected = await ourHeatmaps(weights, images);
    const compare = (runtime: string, { data }: PlainTensor) => {
      const difference = expected.reduce((largest, value, i) => Math.max(largest, Math.abs(value - data[i]!)), 0);
      assertSame(`${name}: heatmaps of ${runtime}`, difference, LARGEST_DIFFERENCE.heatmaps);
      network.largestDifference = Math.max(network.largestDifference, difference);
    };
    compare('onnxruntime-node', toChannelsLast(await onnx.apply(toChannelsFirst(images))));
    const row = { network, task: job.task, faces, note: '' };
    entries.push({ ...row, runtime: 'wasm', contender: await foldedForward('wasm', weights, images) });
    entries.push({ ...row, runtime: 'onnxruntime-node', contender: onnxForward(onnx, images) });
    for (const [runtime, peer] of Object.entries(peers) as [Row['runtime'], Peer][]) {
      const note = await peer.ask('prepare', job);
      const output = join(folder, 'answer');
      await peer.ask('answer', { ...job, output });
      compare(runtime, { shape: [], data: new Float32Array((await readFile(output)).buffer) });
      entries.push({ ...row, runtime, note, contender: peerContender(peer, job) });
    }
    if (faces > 1) continue;
    entries.push({ ...row, runtime: 'cpu', contender: await foldedForward('cpu', weights, images) });
  }
  for (const faces of [16, 32]) entries.push(...(await enterTraining(network, weights, faces, folder, peers.PyTorch)));
  return entries;
}

async function enterTraining(
  network: Entry['network'],
  weights: NetworkWeights,
  faces: number,
  parent: string,
  pytorch: Peer | undefined,
): Promise<Entry[]> {
  const step = await trainingStep('wasm', weights.config as HeatmapUNetConfig, faces);
  const row = { network, task: 'training step', faces, note: '' } as const;
  const ours: Entry = { ...row, runtime: 'wasm', contender: step.contender };
  if (!pytorch) return [ours];
  const folder = join(parent, `training-${faces}`);
  const job: Job = { task: row.task, faces, folder };
  await mkdir(folder);
  await writeFile(join(folder, WEIGHTS_FILE), encodeWeightsFile(step.weights, 'F32'));
  await writeFile(join(folder, batchFile(job)), encodeSafetensors({ tensors: { ...step.batch }, metadata: {} }));
  const note = await pytorch.ask('prepare', job);
  const losses = await pytorch.ask('answer', { ...job, output: '' });
  step.losses.forEach((loss, i) => {
    assertSame(`${network.name}: PyTorch's loss`, Math.abs(losses[i]! - loss) / loss, LARGEST_DIFFERENCE.losses);
  });
  return [ours, { ...row, runtime: 'PyTorch', note, contender: peerContender(pytorch, job) }];
}

async function ourHeatmaps(weights: NetworkWeights, images: PlainTensor): Promise<Float32Array> {
  await useBackend('wasm');
  const network = new FoldedHeatmapUNet(weights);
  const { data } = await applyFolded(network, images);
  network.dispose();
  return data as Float32Array;
}

function assertSame(what: string, difference: number, limit: number): void {
  if (!(difference <= limit)) throw new Error(`${what} differ by ${difference}: what is timed must be the same.`);
}
