/**
 * `npm run bench`: how long detection's network and a training step take on the wasm and cpu backends, beside onnxruntime on the
 * same network. Writes bench/results/speed.{md,json}. Takes about three minutes, and wants the machine for itself.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { useBackend } from '../../src/backends/use-backend.js';
import type { NetworkWeights } from '../../src/data/weights-file.js';
import { FoldedHeatmapUNet } from '../../src/detect/folded-heatmap-unet.js';
import type { HeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';
import { applyFolded, foldedForward, onnxForward, randomFaces, trainingStep } from './contenders.js';
import { exportOnnx } from './export-onnx.js';
import { describeMachine } from './machine.js';
import { bundledWeights, untrainedWeights } from './networks.js';
import { OnnxNetwork } from './onnx-network.js';
import { toChannelsFirst, toChannelsLast } from './permute.js';
import { type NetworkResults, type Results, type Row, report } from './report.js';
import { type Contender, runRounds, spreadOf } from './rounds.js';

const RESULTS = resolve(import.meta.dirname, '../results');
const ROUNDS = 12;
const TURN = 250;
/** Above this the exported network is not the same. */
const LARGEST_DIFFERENCE = 1e-4;

/** A contender, and where its times go. */
interface Entry extends Pick<Row, 'task' | 'faces' | 'runtime'> {
  network: Omit<NetworkResults, 'rows'>;
  contender: Contender;
}

async function main(): Promise<void> {
  const machine = describeMachine();
  await useBackend('wasm');
  const entries = [
    ...(await enter("The paper's network", await untrainedWeights())),
    ...(await enter('The bundled network', await bundledWeights())),
  ];
  const contenders = entries.map(({ contender }) => contender);
  const times = await runRounds(contenders, ROUNDS, TURN);
  const results: Results = {
    machine,
    networks: [...new Set(entries.map(({ network }) => network))].map((network) => ({
      ...network,
      rows: entries.flatMap(({ network: own, task, faces, runtime }, index) =>
        own === network ? [{ task, faces, runtime, ...spreadOf(times[index]!) }] : [],
      ),
    })),
  };
  await mkdir(RESULTS, { recursive: true });
  await writeFile(join(RESULTS, 'speed.json'), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(RESULTS, 'speed.md'), report(results));
  console.log(report(results));
}

async function enter(name: string, weights: NetworkWeights): Promise<Entry[]> {
  const { widths, inputSize, inputChannels } = weights.config as HeatmapUNetConfig;
  const onnx = await OnnxNetwork.open(exportOnnx(weights));
  const network = { name, widths, largestDifference: await compare(onnx, weights) };
  if (!(network.largestDifference <= LARGEST_DIFFERENCE)) {
    throw new Error(`${name}: onnxruntime's heatmaps differ by ${network.largestDifference}: fix the export.`);
  }
  const [one, many] = [1, 32].map((count) => randomFaces(count, inputSize, inputChannels)) as [Faces, Faces];
  const forward = { network, task: 'forward' } as const;
  const training = { network, task: 'training step' } as const;
  return [
    { ...forward, faces: 1, runtime: 'onnxruntime-node', contender: onnxForward(onnx, one) },
    { ...forward, faces: 1, runtime: 'wasm', contender: await foldedForward('wasm', weights, one) },
    { ...forward, faces: 1, runtime: 'cpu', contender: await foldedForward('cpu', weights, one) },
    { ...forward, faces: 32, runtime: 'onnxruntime-node', contender: onnxForward(onnx, many) },
    { ...forward, faces: 32, runtime: 'wasm', contender: await foldedForward('wasm', weights, many) },
    { ...training, faces: 16, runtime: 'wasm', contender: await trainingStep('wasm', weights, 16) },
    { ...training, faces: 1, runtime: 'cpu', contender: await trainingStep('cpu', weights, 1) },
  ];
}

type Faces = ReturnType<typeof randomFaces>;

async function compare(onnx: OnnxNetwork, weights: NetworkWeights): Promise<number> {
  const { inputSize, inputChannels } = weights.config as HeatmapUNetConfig;
  const faces = randomFaces(2, inputSize, inputChannels);
  await useBackend('wasm');
  const network = new FoldedHeatmapUNet(weights);
  const ours = await applyFolded(network, faces);
  network.dispose();
  const theirs = toChannelsLast(await onnx.apply(toChannelsFirst(faces)));
  return ours.data.reduce((largest, value, i) => Math.max(largest, Math.abs(value - theirs.data[i]!)), 0);
}

await main();
