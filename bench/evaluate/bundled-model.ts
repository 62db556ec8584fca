import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createLandmarkDetector } from '../../dist/index.js';
import type { Predict } from './measure.js';

const WEIGHTS = resolve(import.meta.dirname, '../../weights/heatmap-unet-68.safetensors');

/** The model in the package, as users get it, and which it is. */
export async function bundledModel(): Promise<{ predict: Predict; description: string; dispose(): void }> {
  const checksum = createHash('sha256')
    .update(await readFile(WEIGHTS))
    .digest('hex');
  const detector = await createLandmarkDetector();
  return {
    description: `\`weights/heatmap-unet-68.safetensors\`, SHA-256 ${checksum.slice(0, 12)}...`,
    predict: async (images, boxes) => {
      const detections = await detector.detectBatch(images.map((image, index) => ({ image, boxes: [boxes[index]!] })));
      return detections.flat().map(({ points, score }) => ({ points, score }));
    },
    dispose: () => detector.dispose(),
  };
}
