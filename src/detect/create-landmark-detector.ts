import { type BackendName, useBackend } from '../backends/use-backend.js';
import { WeightsMismatchError } from '../errors.js';
import { decodeWeightsFile } from '../formats/weights-file.js';
import { assertDecoder, type HeatmapDecoder } from '../heatmaps/decode.js';
import { DEFAULT_MAX_PIXELS } from '../images/image-input.js';
import { assertWorkers } from '../workers/worker-count.js';
import { loadBundledWeights } from './bundled-weights.js';
import { NetworkCropLandmarks } from './crop-landmarks.js';
import { FoldedHeatmapUNet } from './folded-heatmap-unet.js';
import { LandmarkDetector } from './landmark-detector.js';

/** Options of {@link createLandmarkDetector}. */
export interface LandmarkDetectorOptions {
  /** A trainer's weights file, a run's `heatmap-unet.safetensors`; by default the weights in this package. */
  weights?: Uint8Array | undefined;
  /** See `useBackend`. By default the application's current backend, or wasm. */
  backend?: BackendName | undefined;
  /** How points are decoded from heatmaps; `dark` by default, the most accurate. */
  decoder?: HeatmapDecoder | undefined;
  /** The largest image accepted, in pixels: 64 million by default. */
  maxPixels?: number | undefined;
  /**
   * Worker threads that share the faces of a call, in Node with the wasm or cpu backend: one per core for hundreds of
   * faces. 1, the default, uses the caller's thread. Results are the same.
   */
  workers?: number | undefined;
}

/**
 * Loads a detector, which stays ready until disposed.
 *
 * @throws BackendUnavailableError, WeightsMismatchError, WeightsCorruptError, InvalidArgumentError;
 *   BackendCapabilityError for `workers` on another backend than wasm and cpu.
 * @example
 * const detector = await createLandmarkDetector({ backend: 'wasm' });
 * const { points } = await detector.detect(image, { boxes: { x: 40, y: 22, width: 19, height: 21 }, points: 5 });
 * detector.dispose(); // or `using detector = ...`
 */
export async function createLandmarkDetector(options: LandmarkDetectorOptions = {}): Promise<LandmarkDetector> {
  const { weights, backend = 'auto', decoder = 'dark', maxPixels = DEFAULT_MAX_PIXELS, workers = 1 } = options;
  assertDecoder(decoder);
  assertWorkers(workers);
  const decoded = decodeWeightsFile(weights ?? (await loadBundledWeights()), 'HeatmapUNet');
  const { landmarks } = decoded.config as { landmarks: number };
  if (![68, 19, 5].includes(landmarks)) {
    throw new WeightsMismatchError(`The weights are of ${landmarks} landmarks; a detector names those of 68, 19 or 5.`);
  }
  await useBackend(backend);
  const crops =
    workers === 1
      ? new NetworkCropLandmarks(new FoldedHeatmapUNet(decoded), decoder)
      : // Imported lazily: web pages never need it.
        await (await import('./pooled-crop-landmarks.js')).PooledCropLandmarks.open(decoded, decoder, workers);
  return new LandmarkDetector({ crops, maxPixels });
}
