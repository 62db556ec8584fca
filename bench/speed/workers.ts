/**
 * Times training and detection with one worker, which is the program's own thread, and with two:
 *
 *     npm run bench:workers
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { useBackend } from '../../src/backends/use-backend.js';
import { describeMachine, type Machine } from './machine.js';
import { bundledWeights, untrainedWeights } from './networks.js';
import { runRounds, type Spread, spreadOf } from './rounds.js';
import { detectionRun, type HeldContender, trainingRun } from './worker-contenders.js';

const RESULTS = resolve(import.meta.dirname, '../results');
const ROUNDS = 6;
const TURN = 2000;
const PAPER = [64, 64, 64, 64];
const BUNDLED = [32, 48, 64, 96];

/** One task with one worker and with two. */
interface Scaling {
  task: string;
  widths: number[];
  faces: number;
  one: Spread;
  two: Spread;
}

async function main(): Promise<void> {
  const machine = describeMachine();
  await useBackend('wasm');
  const tasks: Pick<Scaling, 'task' | 'widths' | 'faces'>[] = [];
  const held: HeldContender[] = [];
  for (const widths of [PAPER, BUNDLED]) {
    for (const faces of [16, 32]) {
      tasks.push({ task: 'training step', widths, faces });
      for (const workers of [1, 2]) held.push(await trainingRun(widths, faces, workers));
    }
  }
  for (const weights of [await untrainedWeights(), await bundledWeights()]) {
    const { widths } = weights.config as { widths: number[] };
    tasks.push({ task: 'detectBatch', widths, faces: 256 });
    for (const workers of [1, 2]) held.push(await detectionRun(weights, 256, workers));
  }
  const contenders = held.map(({ contender }) => contender);
  const times = (await runRounds(contenders, ROUNDS, TURN)).map(spreadOf);
  for (const { end } of held) await end();
  const rows = tasks.map((task, index) => ({ ...task, one: times[2 * index]!, two: times[2 * index + 1]! }));
  await mkdir(RESULTS, { recursive: true });
  await writeFile(join(RESULTS, 'workers.json'), `${JSON.stringify({ machine, rows }, null, 2)}\n`);
  await writeFile(join(RESULTS, 'workers.md'), report(machine, rows));
  console.log(report(machine, rows));
}

function report(machine: Machine, rows: readonly Scaling[]): string {
  const line = ({ task, widths, faces, one, two }: Scaling) => {
    const cells = [task, widths.join(', '), faces, describe(one), describe(two), (one.median / two.median).toFixed(2)];
    return `| ${cells.join(' | ')} |`;
  };
  return `# Two workers beside one

Made by \`npm run bench:workers\` on ${machine.processor}, ${machine.cores} cores, ${machine.system}, Node ${machine.node.slice(1)}, tfjs
${machine.tfjs}, backend wasm; load before the run ${machine.load}.

Milliseconds, median and middle half, all measured in turns in one run. A training step is one of \`train\`, from the end of a step to the end of
the next: faces augmented and degraded, forward, loss, gradients, Adam. With two workers the faces of the next step are prepared meanwhile.
\`detectBatch\` is from an image and boxes to points.

| task | widths | faces | 1 worker | 2 workers | times as fast |
|---|---|--:|--:|--:|--:|
${rows.map(line).join('\n')}
`;
}

function describe({ median, p25, p75 }: Spread): string {
  return `${median.toFixed(0)} (${p25.toFixed(0)}-${p75.toFixed(0)})`;
}

await main();
