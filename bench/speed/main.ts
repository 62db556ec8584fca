/**
 * `npm run bench`: how long detection's network and a training step take, beside tfjs's own wasm kernels, onnxruntime (native and web) and
 * PyTorch where /usr/bin/python3, or what PYTHON names, has it. Writes bench/results/speed.{md,json}. Takes about five minutes, and wants
 * the machine for itself.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { useBackend } from '../../src/backends/use-backend.js';
import { encodeSafetensors, type PlainTensor } from '../../src/data/safetensors.js';
import { encodeWeightsFile, type NetworkWeights } from '../../src/data/weights-file.js';
import { FoldedHeatmapUNet } from '../../src/detect/folded-heatmap-unet.js';
import type { HeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';
import { foldedForward, onnxForward, peerContender, randomFaces, trainingStep } from './contenders.js';
import { exportOnnx } from './export-onnx.js';
import { applyFolded } from './folded.js';
import { describeMachine } from './machine.js';
import { measureMemory } from './memory.js';
import { bundledWeights, untrainedWeights } from './networks.js';
import { OnnxNetwork } from './onnx-network.js';
import { Peer } from './peers/peer.js';
import { batchFile, type Job, MODEL_FILE, WEIGHTS_FILE } from './peers/protocol.js';
import { toChannelsFirst, toChannelsLast } from './permute.js';
import { type NetworkResults, type Results, type Row, report } from './report.js';
import { type Contender, runRounds, spreadOf } from './rounds.js';

const RESULTS = resolve(import.meta.dirname, '../results');
const PEERS = join(import.meta.dirname, 'peers');
const ROUNDS = 12;
const TURN = 250;
/** Above this another runtime does not compute the same: heatmaps absolutely, losses relatively. */
const LARGEST_DIFFERENCE = { heatmaps: 1e-4, losses: 1e-3 };

/** A contender, and where its times go. */
interface Entry extends Pick<Row, 'task' | 'faces' | 'runtime' | 'note'> {
  network: Omit<NetworkResults, 'rows'>;
  contender: Contender;
}

type Peers = Partial<Record<'tfjs wasm' | 'onnxruntime-web' | 'PyTorch', Peer>>;

async function main(): Promise<void> {
  const machine = describeMachine();
  const folder = await mkdtemp(join(tmpdir(), 'lowres-landmarks-bench-'));
  const peers = await startPeers();
  try {
    const versions: Record<string, string> = {};
    for (const peer of Object.values(peers)) Object.assign(versions, await peer.ask('describe', {}));
    await useBackend('wasm');
    const entries = [
      ...(await enter("The paper's network", await untrainedWeights(), join(folder, 'paper'), peers)),
      ...(await enter('The bundled network', await bundledWeights(), join(folder, 'bundled'), peers)),
    ];
    const times = await runRounds(
      entries.map(({ contender }) => contender),
      ROUNDS,
      TURN,
    );
    const rowsOf = (network: Entry['network']) =>
      entries.flatMap(({ network: own, contender, ...row }, index) =>
        own === network ? [{ ...row, ...spreadOf(times[index]!) }] : [],
      );
    const networks = [...new Set(entries.map(({ network }) => network))];
    const results: Results = {
      machine: { ...machine, versions },
      memory: await measureMemory(),
      networks: networks.map((network) => ({ ...network, rows: rowsOf(network) })),
    };
    await mkdir(RESULTS, { recursive: true });
    await writeFile(join(RESULTS, 'speed.json'), `${JSON.stringify(results, null, 2)}\n`);
    await writeFile(join(RESULTS, 'speed.md'), report(results));
    console.log(report(results));
  } finally {
    await Promise.all(Object.values(peers).map((peer) => peer.close()));
    await rm(folder, { recursive: true });
  }
}

/** Processes of the peers; PyTorch where there is one. */
async function startPeers(): Promise<Peers> {
  const typescript = (file: string) => new Peer(process.execPath, ['--import', 'tsx', join(PEERS, file)]);
  const peers: Peers = {
    'tfjs wasm': typescript('stock-wasm.ts'),
    'onnxruntime-web': typescript('onnxruntime-web.ts'),
  };
  const pytorch = new Peer(process.env.PYTHON ?? '/usr/bin/python3', [join(PEERS, 'pytorch.py')]);
  try {
    await pytorch.ask('describe', {});
    return { ...peers, PyTorch: pytorch };
  } catch {
    console.warn('There is no PyTorch here (Debian: python3-torch; else set PYTHON): it is left out.');
    return peers;
  }
}

async function enter(name: string, weights: NetworkWeights, folder: string, peers: Peers): Promise<Entry[]> {
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

await main();
