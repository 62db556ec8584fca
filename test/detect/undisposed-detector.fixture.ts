// Detects with two workers and does not dispose the detector: the program that workers.test.ts waits for.
import { useBackend } from '../../src/backends/use-backend.js';
import { createLandmarkDetector } from '../../src/detect/create-landmark-detector.js';
import { tinyWeightsFile } from './tiny-weights.js';

await useBackend('wasm');
const weights = await tinyWeightsFile({ landmarks: 5, widths: [4] });
const detector = await createLandmarkDetector({ weights, workers: 2 });
const boxes = Array.from({ length: 4 }, (_, x) => ({ x, y: 0, width: 9, height: 9 }));
const faces = await detector.detect({ data: new Uint8Array(20 * 20 * 3), width: 20, height: 20 }, { boxes });
process.stdout.write(`${faces.length} faces\n`);
