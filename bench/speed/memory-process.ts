/** Makes three training steps of 32 faces with the paper's network on wasm, and prints how much memory that took. */
import { trainingStep } from './contenders.js';
import type { Memory } from './memory.js';
import { peakMemory } from './peak-memory.js';

const FACES = 32;
const megabytes = (bytes: number) => Math.round(bytes / 1e6);

// One face first: everything is then loaded and compiled, the paper's weights and moments included.
await trainingStep('wasm', {}, 1);
const idle = megabytes(process.memoryUsage().rss);
await trainingStep('wasm', {}, FACES);
const memory: Memory = { faces: FACES, idle, peak: megabytes(await peakMemory()) };
console.log(JSON.stringify(memory));
