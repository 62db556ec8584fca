import type { LandmarkDataset } from '../../src/datasets/dataset.js';
import type { LandmarkSample } from '../../src/datasets/samples.js';
import type { Point } from '../../src/geometry/point.js';
import { Random } from '../../src/random.js';
import { type HeatmapTrainerConfig, resolveHeatmapConfig } from '../../src/training/heatmap-config.js';
import type { HeatmapTrainer, HeatmapTrainerInput } from '../../src/training/heatmap-trainer.js';
import type { RunStore } from '../../src/training-loop/run-store.js';
import type { Metrics } from '../../src/training-loop/trainer-types.js';

/** Drawn faces of five landmarks: bright blobs of different sizes, each face of another shape. */
export function drawnFaces(count: number, seed = 1): LandmarkDataset {
  const faces = Array.from({ length: count }, (_, index) => drawFace(new Random(seed, index), `drawn-${index}`));
  return {
    scheme: 5,
    length: count,
    get: async (index) => faces[index]!,
    group: (index) => faces[index]!.id,
  };
}

function drawFace(random: Random, id: string): LandmarkSample {
  const size = 40;
  const near = (x: number, y: number): Point => ({ x: x + random.uniform(-2, 2), y: y + random.uniform(-2, 2) });
  const points = [near(13, 14), near(27, 14), near(20, 21), near(15, 28), near(25, 28)];
  const data = new Uint8Array(size * size * 3);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const light = points.map((p, i) => Math.exp(-((x - p.x) ** 2 + (y - p.y) ** 2) / (2 * (2 + i / 2) ** 2)));
      const at = (y * size + x) * 3;
      data[at] = 20 + 200 * Math.max(light[0]!, light[1]!);
      data[at + 1] = 30 + 200 * light[2]!;
      data[at + 2] = 40 + 200 * Math.max(light[3]!, light[4]!);
    }
  }
  return { id, image: { data, width: size, height: size }, points };
}

/** A configuration that trains in milliseconds a step: 16 pixels, two groups of four channels. */
export function tinyConfig(changes: Partial<HeatmapTrainerConfig> = {}): HeatmapTrainerConfig {
  return resolveHeatmapConfig('S1', {
    seed: 3,
    epochs: 2,
    batchSize: 4,
    learningRate: 5e-3,
    milestones: [],
    network: { inputSize: 16, widths: [4, 4] },
    cropSize: 32,
    lowResolution: 'varied',
    ...changes,
  });
}

/** What a tiny trainer takes: ten faces (three steps an epoch, the last of two faces) and two held out. */
export function tinyInput(
  changes: Partial<HeatmapTrainerConfig> = {},
  rest: Partial<HeatmapTrainerInput> = {},
): HeatmapTrainerInput {
  return { config: tinyConfig(changes), training: drawnFaces(10), validation: drawnFaces(2, 2), ...rest };
}

export interface MemoryStore extends RunStore {
  files: Map<string, Uint8Array>;
  /** The lines of `metrics.jsonl`. */
  metrics(): MetricsLine[];
}

export interface MetricsLine extends Metrics {
  step: number;
  epoch: number;
  // biome-ignore lint/suspicious/noExplicitAny: absent in the lines of steps.
  validation: any;
}

/** A run's files in memory. */
export function memoryStore(): MemoryStore {
  const files = new Map<string, Uint8Array>();
  const bytes = (content: Uint8Array | string) =>
    typeof content === 'string' ? new TextEncoder().encode(content) : content.slice();
  return {
    location: 'memory',
    files,
    metrics: () => parseMetrics(new TextDecoder().decode(files.get('metrics.jsonl'))),
    write: async (name, content) => void files.set(name, bytes(content)),
    async append(name, text) {
      const before = files.get(name) ?? new Uint8Array(0);
      const added = bytes(text);
      const after = new Uint8Array(before.length + added.length);
      after.set(before);
      after.set(added, before.length);
      files.set(name, after);
    },
    read: async (name) => files.get(name)?.slice(),
  };
}

/** The lines without the speed, which no two runs share. */
export function parseMetrics(text: string): MetricsLine[] {
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const { samplesPerSecond, ...rest } = JSON.parse(line);
      return rest;
    });
}

/** Every weight of a trainer's network as plain numbers, for comparing bit by bit. */
export async function weightsOf(trainer: HeatmapTrainer): Promise<Record<string, number[]>> {
  const weights: Record<string, number[]> = {};
  for (const [name, tensor] of Object.entries(trainer.network.weights)) weights[name] = Array.from(await tensor.data());
  return weights;
}
