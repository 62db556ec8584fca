/**
 * `npm run bench [-- --quick] [filter]`: how long detection's network and a training step take, beside tfjs's own wasm kernels,
 * onnxruntime (native and web) and PyTorch where /usr/bin/python3, or what PYTHON names, has it. Writes bench/results/speed.{md,json}.
 * Takes about five minutes, and wants the machine for itself. `--quick` makes few rounds, and a filter such as "forward 32" leaves only
 * rows that have it in them; both only print.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { useBackend } from '../../src/backends/use-backend.js';
import { type Entry, enter } from './entries.js';
import { describeMachine } from './machine.js';
import { measureMemory } from './memory.js';
import { bundledWeights, untrainedWeights } from './networks.js';
import { startPeers } from './peers/start-peers.js';
import { type Results, report } from './report.js';
import { runRounds, spreadOf } from './rounds.js';

const RESULTS = resolve(import.meta.dirname, '../results');
const FULL = { rounds: 12, turn: 250 };
const QUICK = { rounds: 3, turn: 100 };

const { values: options, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const filter = positionals.join(' ');

async function main(): Promise<void> {
  const machine = describeMachine();
  const folder = await mkdtemp(join(tmpdir(), 'lowres-landmarks-bench-'));
  const peers = await startPeers();
  try {
    const versions: Record<string, string> = {};
    for (const peer of Object.values(peers)) Object.assign(versions, await peer.ask('describe', {}));
    await useBackend('wasm');
    const entered = [
      ...(await enter("The paper's network", await untrainedWeights(), join(folder, 'paper'), peers)),
      ...(await enter('The bundled network', await bundledWeights(), join(folder, 'bundled'), peers)),
    ];
    const networks = await timed(entered.filter(isWanted));
    const results: Results = { machine: { ...machine, versions }, memory: await measureMemory(), networks };
    if (!options.quick && filter === '') {
      await mkdir(RESULTS, { recursive: true });
      await writeFile(join(RESULTS, 'speed.json'), `${JSON.stringify(results, null, 2)}\n`);
      await writeFile(join(RESULTS, 'speed.md'), report(results));
    }
    console.log(report(results));
  } finally {
    await Promise.all(Object.values(peers).map((peer) => peer.close()));
    await rm(folder, { recursive: true });
  }
}

function isWanted({ network, task, faces, runtime }: Entry): boolean {
  return `${network.name} ${task} ${faces} ${runtime}`.toLowerCase().includes(filter.toLowerCase());
}

async function timed(entries: readonly Entry[]): Promise<Results['networks']> {
  const { rounds, turn } = options.quick ? QUICK : FULL;
  const contenders = entries.map(({ contender }) => contender);
  const times = await runRounds(contenders, rounds, turn);
  const rowsOf = (network: Entry['network']) =>
    entries.flatMap(({ network: own, contender, ...row }, index) =>
      own === network ? [{ ...row, ...spreadOf(times[index]!) }] : [],
    );
  const networks = [...new Set(entries.map(({ network }) => network))];
  return networks.map((network) => ({ ...network, rows: rowsOf(network) }));
}

await main();
