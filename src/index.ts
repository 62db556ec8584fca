/// <reference lib="esnext.disposable" preserve="true" />
/**
 * Facial landmarks on faces of 12-40 pixels: detection, alignment, backends, errors.
 *
 * @module
 */

// Detection: one call, or a detector that stays loaded.
export { createLandmarkDetector, type LandmarkDetectorOptions } from './detect/create-landmark-detector.js';
export { type DetectLandmarksOptions, detectLandmarksLR } from './detect/detect-landmarks-lr.js';
export type { DetectOptions, FacesToDetect, LandmarkDetector } from './detect/landmark-detector.js';
export type { DetectedPoint, LandmarkDetection } from './detect/types.js';
export type { HeatmapDecoder } from './heatmaps/decode.js';

// Images, boxes and points, as they are given and returned.
export type { ImageInput, PixelArray } from './images/image-input.js';
export type { DrawableImage } from './images/canvas-pixels.js';
export type { RgbImage } from './geometry/rgb-image.js';
export type { Box } from './geometry/box.js';
export type { Point } from './geometry/point.js';

// The schemes of 68, 19 and 5 points.
export { type LandmarkScheme, landmarkSchemes, type SchemeName } from './landmarks/schemes.js';
export { convertLandmarks } from './landmarks/convert.js';
export { faceBoxFromLandmarks } from './landmarks/face-box.js';

// Alignment: faces brought to a template, and the maps that do it.
export {
  type AlignFaceOptions,
  type AlignmentOrder,
  alignFace,
  alignFaces,
  type FaceToAlign,
} from './alignment/align-face.js';
export type { FaceTransform } from './alignment/place-face.js';
export { faceTemplate } from './geometry/face-template.js';
export { alignAffine } from './geometry/align-affine.js';
export { alignSimilarity } from './geometry/align-similarity.js';
export { type Affine, applyAffine } from './geometry/affine.js';
export { warpAffine } from './geometry/warp-affine.js';
export type { Interpolation } from './geometry/interpolation.js';

// Backends of TensorFlow.js.
export { type BackendName, type BackendOptions, useBackend } from './backends/use-backend.js';
export { type BackendCapabilities, backendCapabilities } from './backends/backend-capabilities.js';

// Errors of all entries.
export {
  BackendCapabilityError,
  BackendUnavailableError,
  CheckpointError,
  DatasetError,
  DisposedError,
  ImageDecodeError,
  ImageTooLargeError,
  InvalidArgumentError,
  InvalidBoxError,
  InvalidImageError,
  isLowResLandmarksError,
  LowResLandmarksError,
  PackageUnavailableError,
  TrainingDivergedError,
  WeightsCorruptError,
  WeightsMismatchError,
  WorkerError,
} from './errors.js';
