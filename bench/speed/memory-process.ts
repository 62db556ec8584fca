/** Makes three training steps of 32 faces with the paper's network on wasm, and prints how much memory that took. */
import { readFile } from 'node:fs/promises';
import { trainingStep } from './contenders.js';
import type { Memory } from './memory.js';

const FACES = 32;
const megabytes = (bytes: number) => Math.round(bytes / 1e6);

/** The most that this process has held, in bytes. */
async function peak(): Promise<number> {
  // Linux starts a process's maxRSS at its parent's, and the benchmark itself holds more than what is measured here.
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS;
  return Number(kilobytes) * 1024;
}

// One face first: everything is then loaded and compiled, the paper's weights and moments included.
await trainingStep('wasm', {}, 1);
const idle = megabytes(process.memoryUsage().rss);
await trainingStep('wasm', {}, FACES);
const memory: Memory = { faces: FACES, idle, peak: megabytes(await peak()) };
console.log(JSON.stringify(memory));
