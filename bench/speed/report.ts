import type { Machine } from './machine.js';
import type { Memory } from './memory.js';
import type { Spread } from './rounds.js';

/** How long one task takes one runtime, in milliseconds. */
export interface Row extends Spread {
  task: 'forward' | 'training step';
  faces: number;
  /** `wasm` and `cpu` are this library on these backends, `tfjs wasm` is the backend with no kernel of this library. */
  runtime: 'wasm' | 'onnxruntime-node' | 'tfjs wasm' | 'onnxruntime-web' | 'PyTorch' | 'cpu';
  /** In which way a runtime did it that has several. */
  note: string;
}

/** One network's rows. */
export interface NetworkResults {
  name: string;
  widths: number[];
  /** The largest difference between any runtime's heatmaps and those of this library on wasm. */
  largestDifference: number;
  rows: Row[];
}

/** Everything `npm run bench` finds; written as it is to speed.json. */
export interface Results {
  machine: Machine & { versions: Record<string, string> };
  memory: Memory;
  networks: NetworkResults[];
}

/** The results as the page bench/results/speed.md. */
export function report({ machine, memory, networks }: Results): string {
  const versions = Object.entries({ 'onnxruntime-node': machine.onnxruntime, ...machine.versions });
  return `# Speed

Made by \`npm run bench\` on ${machine.processor} (vectors: ${machine.vectors}), ${machine.cores} cores, ${machine.system}, Node ${machine.node.slice(1)}; load before the run ${machine.load}.
${versions.map(([name, version]) => `${name} ${version}`).join(', ')}. This library's kernels: ${machine.kernels}.

Milliseconds, everything on one thread, all measured in turns in one run. Forward is from an array of pixels to an array of
heatmaps: detection's network, BatchNorm folded. A training step is \`HeatmapTrainer\`'s: forward, loss, gradients and Adam, without reading
and augmenting faces. \`wasm\` is this library; \`tfjs wasm\` the same network on tfjs's own kernels, which cannot train; \`cpu\` tfjs's plain JavaScript.
PyTorch runs in whichever way was fastest of those it has (in brackets). Ratios are of medians: below 1, \`wasm\` is the faster.

${networks.map(section).join('\n\n')}

## Memory

A process that makes training steps of ${memory.faces} faces with the paper's network on wasm holds ${memory.peak} MB at its peak, ${memory.idle} MB of them before the
first step.
`;
}

function section({ name, widths, largestDifference, rows }: NetworkResults): string {
  return `## ${name}

Widths ${widths.join(', ')}. All runtimes' heatmaps agree to ${largestDifference.toExponential(1)}.

| task | faces | runtime | median | min | middle half | runs | wasm takes, times this |
|---|--:|---|--:|--:|--:|--:|--:|
${rows.map((row) => line(row, rows)).join('\n')}`;
}

function line(row: Row, rows: readonly Row[]): string {
  const { task, faces, runtime, note, median, min, p25, p75, runs } = row;
  const ours = rows.find((other) => other.runtime === 'wasm' && other.task === task && other.faces === faces);
  const name = note ? `${runtime} (${note})` : runtime;
  const ratio = ours ? digits(ours.median / median) : '-';
  const cells = [task, faces, name, digits(median), digits(min), `${digits(p25)}-${digits(p75)}`, runs, ratio];
  return `| ${cells.join(' | ')} |`;
}

/** Three digits that count. */
function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
