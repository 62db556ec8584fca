import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { decodeSafetensors } from '../../src/formats/safetensors.js';
import { Random } from '../../src/random.js';
import { CHECKPOINT_FILE } from '../../src/training-loop/checkpoint.js';
import { memoryStore, parseMetrics } from '../support/memory-store.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { makeKilledTrainer } from './killed-trainers.js';

const script = resolve(import.meta.dirname, 'killed-run.fixture.ts');

/** When a process is killed: so many milliseconds after it began to train (0) or wrote its n-th checkpoint. */
interface Moment {
  checkpoints: number;
  milliseconds: number;
}

/** Starts the training process, and kills it at a moment or lets it end. */
function train(
  kind: string,
  folder: string,
  moment?: Moment,
): Promise<{ from: number; signal: NodeJS.Signals | null }> {
  const child = spawn(process.execPath, ['--import', 'tsx', script, kind, folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [output, problems] = ['', ''];
  child.stderr.on('data', (text) => {
    problems += text;
  });
  child.stdout.on('data', (text) => {
    const before = output.split('\n').length - 1;
    output += text;
    const lines = output.split('\n').length - 1;
    if (moment && before <= moment.checkpoints && lines > moment.checkpoints) {
      setTimeout(() => child.kill('SIGKILL'), moment.milliseconds);
    }
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => {
      if (code !== 0 && signal !== 'SIGKILL') fail(new Error(`The training process ended with ${code}: ${problems}`));
      else done({ from: Number(/from (\d+)/.exec(output)?.[1]), signal });
    });
  });
}

it.each([
  ['S1', 5],
  ['stage one', 10],
  ['S4', 15],
])(
  'a process that trains %s, killed %i times at random, ends bit for bit with the same weights',
  // Every kill costs the start of a process, some seconds of it loading tfjs.
  { timeout: 240_000 },
  async (kind, kills) => {
    const store = memoryStore();
    const undisturbed = makeKilledTrainer(kind, store);
    await undisturbed.train();
    undisturbed.dispose();

    const folder = await temporaryFolder();
    const moments = new Random(1);
    let killed = 0;
    for (let attempt = 0; attempt < kills; attempt++) {
      const { signal } = await train(kind, folder, { checkpoints: attempt % 2, milliseconds: moments.uniform(0, 100) });
      if (signal === 'SIGKILL') killed++;
      // Whatever the moment: the checkpoint is a whole file, if there is one.
      const files = await readdir(folder);
      if (files.includes(CHECKPOINT_FILE)) decodeSafetensors(await readFile(join(folder, CHECKPOINT_FILE)));
    }
    expect(killed).toBe(kills);
    const last = await train(kind, folder);
    expect(last.from).toBeGreaterThan(0);

    for (const name of [...store.files.keys()].filter((file) => file.endsWith('.safetensors'))) {
      expect(new Uint8Array(await readFile(join(folder, name))), name).toEqual(store.files.get(name));
    }
    expect(parseMetrics(await readFile(join(folder, 'metrics.jsonl'), 'utf8'))).toEqual(store.metrics());
  },
);
