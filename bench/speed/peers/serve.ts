import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { decodeSafetensors, type PlainTensor } from '../../../src/formats/safetensors.js';
import { toChannelsFirst, toChannelsLast } from '../permute.js';
import { timesOf } from '../rounds.js';
import { batchFile, type Job } from './protocol.js';

/** What a peer written in TypeScript can do: forward passes. */
export interface ForwardPeer {
  describe(): Record<string, string>;
  /** The order of its dimensions. */
  channels: 'first' | 'last';
  /** Loads the network of a folder, and gives what a turn repeats: from an array of faces to an array of heatmaps. */
  open(folder: string, faces: PlainTensor): Promise<() => Promise<PlainTensor>>;
}

/** Answers requests until the input ends; see protocol.ts. */
export async function serve(peer: ForwardPeer): Promise<void> {
  const jobs = new Map<string, () => Promise<PlainTensor>>();
  const methods = {
    describe: async () => peer.describe(),
    prepare: async (job: Job) => {
      const { tensors } = decodeSafetensors(await readFile(join(job.folder, batchFile(job))));
      const faces = peer.channels === 'first' ? toChannelsFirst(tensors.images!) : tensors.images!;
      jobs.set(keyOf(job), await peer.open(job.folder, faces));
      return '';
    },
    answer: async (job: Job & { output: string }) => {
      const heatmaps = await jobs.get(keyOf(job))!();
      await writeFile(job.output, (peer.channels === 'first' ? toChannelsLast(heatmaps) : heatmaps).data);
      return [];
    },
    turn: (job: Job & { milliseconds: number }) => timesOf(jobs.get(keyOf(job))!, job.milliseconds),
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const { method, ...parameters } = JSON.parse(line);
    try {
      console.log(JSON.stringify({ result: await methods[method as keyof typeof methods](parameters) }));
    } catch (error) {
      console.log(JSON.stringify({ error: String(error) }));
    }
  }
}

const keyOf = ({ folder, task, faces }: Job): string => `${folder} ${task} ${faces}`;
