/**
 * `tsx bench/speed/profile.ts [--shapes] [--network bundled] [--backend cpu] [--faces 16]`: where the time of a training step and of
 * detection's forward pass goes, kernel by kernel. `--shapes` tells apart calls on tensors of other shapes.
 */
import { parseArgs } from 'node:util';
import { useBackend } from '../../src/backends/use-backend.js';
import type { HeatmapUNetConfig } from '../../src/networks/heatmap-unet-config.js';
import { type Backend, foldedForward, randomFaces, trainingStep } from './contenders.js';
import { KernelTimes } from './kernel-times.js';
import { bundledWeights, untrainedWeights } from './networks.js';
import type { Contender } from './rounds.js';

const { values: options } = parseArgs({
  options: {
    shapes: { type: 'boolean', default: false },
    network: { type: 'string', default: 'paper' },
    backend: { type: 'string', default: 'wasm' },
    faces: { type: 'string', default: '16' },
    runs: { type: 'string', default: '5' },
  },
});

async function main(): Promise<void> {
  const backend = options.backend as Backend;
  const faces = Number(options.faces);
  await useBackend(backend);
  const weights = options.network === 'bundled' ? await bundledWeights() : await untrainedWeights();
  const { inputSize, inputChannels } = weights.config as HeatmapUNetConfig;
  const { contender: training } = await trainingStep(backend, weights.config as HeatmapUNetConfig, faces);
  const forward = await foldedForward(backend, weights, randomFaces(faces, inputSize, inputChannels));
  const times = new KernelTimes(backend, options.shapes);
  console.log(await profile(`training step, ${faces} faces`, training, times, Number(options.runs)));
  console.log(await profile(`forward, ${faces} faces`, forward, times, Number(options.runs)));
}

/** A table of the mean of some runs, after two that do not count. */
async function profile(title: string, contender: Contender, times: KernelTimes, runs: number): Promise<string> {
  await contender.time();
  await contender.time();
  // The times of a contender leave out its preparations, which also call kernels but few.
  times.reset();
  let total = 0;
  for (let run = 0; run < runs; run++) total += await contender.time();
  const rows = times.sorted.map(({ kernel, calls, milliseconds }) =>
    row(kernel, calls / runs, milliseconds, total, runs),
  );
  const inKernels = times.sorted.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return [
    `## ${title}: ${(total / runs).toFixed(1)} ms`,
    '',
    '| kernel | calls | ms | share |',
    '|---|--:|--:|--:|',
    ...rows,
    row('(outside kernels)', 1, total - inKernels, total, runs),
    '',
  ].join('\n');
}

function row(kernel: string, calls: number, milliseconds: number, total: number, runs: number): string {
  const share = `${((100 * milliseconds) / total).toFixed(1)} %`;
  return `| ${kernel} | ${calls} | ${(milliseconds / runs).toFixed(2)} | ${share} |`;
}

await main();
