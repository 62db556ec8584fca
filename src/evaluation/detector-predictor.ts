import type { BackendName } from '../backends/use-backend.js';
import { createLandmarkDetector } from '../detect/create-landmark-detector.js';
import type { LandmarkDetector } from '../detect/landmark-detector.js';
import { decodeWeightsFile } from '../formats/weights-file.js';
import type { SchemeName } from '../landmarks/schemes.js';
import type { LandmarkPredictor } from './landmark-predictor.js';

/**
 * A detector of this library as one of the predictors that are compared. It is named `ours` and asked for 68 points,
 * those of the weights in this package, unless the options say otherwise.
 *
 * @param detector Belongs to the predictor from now on, which disposes it.
 * @example
 * const ours = detectorPredictor(await createLandmarkDetector());
 */
export function detectorPredictor(
  detector: LandmarkDetector,
  { name = 'ours', scheme = 68 }: { name?: string; scheme?: SchemeName } = {},
): LandmarkPredictor {
  return {
    name,
    scheme,
    predict: async (image, box) => (await detector.detect(image, { boxes: box, points: scheme })).points,
    dispose: () => detector.dispose(),
  };
}

/**
 * A trained network, G2 of any setting and input size, as one of the predictors that are compared: HR-LD's crops are
 * of 128 pixels. It runs on the backend that the application has set, unless the options name one (see `useBackend`).
 *
 * @param weights The content of a run's `heatmap-unet.safetensors`.
 * @throws WeightsMismatchError, WeightsCorruptError, BackendUnavailableError.
 * @example
 * const s4 = await networkPredictor(await readWeights('runs/s4/heatmap-unet.safetensors'), { name: 'S4' });
 */
export async function networkPredictor(
  weights: Uint8Array,
  { name, backend }: { name: string; backend?: BackendName | undefined },
): Promise<LandmarkPredictor> {
  const detector = await createLandmarkDetector({ weights, backend });
  const { landmarks } = decodeWeightsFile(weights).config as { landmarks: SchemeName };
  return detectorPredictor(detector, { name, scheme: landmarks });
}
