import type { Machine } from './machine.js';
import type { Spread } from './rounds.js';

/** How long one task takes one runtime, in milliseconds. */
export interface Row extends Spread {
  task: 'forward' | 'training step';
  faces: number;
  runtime: 'onnxruntime-node' | 'wasm' | 'cpu';
}

/** One network's rows. */
export interface NetworkResults {
  name: string;
  widths: number[];
  /** The largest difference between heatmaps of onnxruntime and of detection's network on the wasm backend. */
  largestDifference: number;
  rows: Row[];
}

/** Everything `npm run bench` finds; written as it is to speed.json. */
export interface Results {
  machine: Machine;
  networks: NetworkResults[];
}

/** The results as the page bench/results/speed.md. */
export function report({ machine, networks }: Results): string {
  return `# Speed

Made by \`npm run bench\` on ${machine.processor}, ${machine.cores} cores, ${machine.system}, Node ${machine.node.slice(1)}, tfjs ${machine.tfjs},
onnxruntime-node ${machine.onnxruntime}; load before the run ${machine.load}.

Milliseconds, everything on one thread, all measured in turns in one run. Forward is from an array of pixels to an array of
heatmaps: detection's network, BatchNorm folded, and the same network exported to ONNX. A training step is
\`HeatmapTrainer\`'s: forward, loss, gradients and Adam, without reading and augmenting faces. \`cpu\` is tfjs's plain JavaScript.

${networks.map(section).join('\n\n')}
`;
}

function section({ name, widths, largestDifference, rows }: NetworkResults): string {
  return `## ${name}

Widths ${widths.join(', ')}. Heatmaps of onnxruntime and wasm differ by ${largestDifference.toExponential(1)} at most.

| task | faces | runtime | median | min | middle half | runs | x onnxruntime |
|---|--:|---|--:|--:|--:|--:|--:|
${rows.map((row) => line(row, rows)).join('\n')}`;
}

function line(row: Row, rows: readonly Row[]): string {
  const { task, faces, runtime, median, min, p25, p75, runs } = row;
  const reference = rows.find(
    (other) => other.runtime === 'onnxruntime-node' && other.task === task && other.faces === faces,
  );
  const ratio = reference ? digits(median / reference.median) : '-';
  const cells = [task, faces, runtime, digits(median), digits(min), `${digits(p25)}-${digits(p75)}`, runs, ratio];
  return `| ${cells.join(' | ')} |`;
}

/** Three digits that count. */
function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
