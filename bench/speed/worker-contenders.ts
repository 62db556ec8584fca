import type { LandmarkDataset } from '../../src/datasets/dataset.js';
import { createLandmarkDetector } from '../../src/detect/create-landmark-detector.js';
import { encodeWeightsFile, type NetworkWeights } from '../../src/formats/weights-file.js';
import { Random } from '../../src/random.js';
import { resolveHeatmapConfig } from '../../src/training/heatmap-config.js';
import { HeatmapTrainer } from '../../src/training/heatmap-trainer.js';
import { type Contender, elapsed } from './rounds.js';

/** A contender that holds on to threads. */
export interface HeldContender {
  contender: Contender;
  end(): Promise<unknown>;
}

/** Before these, V8 is still compiling in the new threads. */
const WARM_UP_STEPS = 10;
const SIDE = 128;

/**
 * Steps of one long run of `train`, which waits while others have their turn. Faces are augmented and degraded as for the bundled weights. A
 * step is timed from the end of the one before, and the first of a turn is not: its faces were prepared before.
 */
export async function trainingRun(widths: number[], batchSize: number, workers: number): Promise<HeldContender> {
  const config = resolveHeatmapConfig('bundled', { epochs: 1, batchSize, network: { widths } });
  const trainer = new HeatmapTrainer({ config, training: noiseFaces(batchSize * 10_000), validation: noiseFaces(0) });
  const controller = new AbortController();
  const ends: number[] = [];
  let stepsLeft = 0;
  let [proceed, tellTurnIsOver] = [() => {}, () => {}];
  trainer.on('step', async () => {
    ends.push(performance.now());
    if (stepsLeft-- > 0) return;
    const permission = new Promise<void>((resolve) => {
      proceed = resolve;
    });
    tellTurnIsOver();
    await permission;
  });
  /** Lets the run make so many steps. */
  const advance = async (steps: number, start: () => void) => {
    stepsLeft = steps - 1;
    ends.length = 0;
    const isOver = new Promise<void>((resolve) => {
      tellTurnIsOver = resolve;
    });
    start();
    await isOver;
  };
  let run: Promise<unknown> = Promise.resolve();
  await advance(WARM_UP_STEPS, () => {
    run = trainer.train({ workers, signal: controller.signal });
  });
  const turn = async () => {
    await advance(6, () => proceed());
    return ends.slice(1).map((end, step) => end - ends[step]!);
  };
  return {
    contender: { everyNthRound: 1, begin: async () => {}, time: async () => (await turn())[0]!, turn },
    async end() {
      controller.abort();
      proceed();
      await run;
      trainer.dispose();
    },
  };
}

/** Detection of faces in one image. */
export async function detectionRun(weights: NetworkWeights, faces: number, workers: number): Promise<HeldContender> {
  const detector = await createLandmarkDetector({ weights: encodeWeightsFile(weights, 'F32'), workers });
  const image = noiseImage(new Random(0), 640);
  const boxes = Array.from({ length: faces }, (_, i) => ({
    x: (i * 37) % 600,
    y: (i * 53) % 600,
    width: 20 + (i % 20),
    height: 24,
  }));
  const time = () => elapsed(() => detector.detectBatch([{ image, boxes }]));
  return {
    contender: { everyNthRound: 1, begin: async () => {}, time },
    end: () => detector[Symbol.asyncDispose](),
  };
}

/** What is in a picture does not change how long a step takes. */
function noiseFaces(length: number): LandmarkDataset {
  const random = new Random(0);
  const image = noiseImage(random, SIDE);
  const points = Array.from({ length: 68 }, () => ({ x: random.uniform(20, 108), y: random.uniform(20, 108) }));
  return { scheme: 68, length, group: () => 'noise', get: async () => ({ id: 'noise', image, points }) };
}

function noiseImage(random: Random, side: number) {
  const data = Uint8Array.from({ length: side * side * 3 }, () => random.integer(0, 255));
  return { data, width: side, height: side };
}
