/**
 * Facial landmarks on faces of 12-40 pixels: detection, alignment, backends, errors.
 *
 * @module
 */

export {
  type AlignFaceOptions,
  type AlignmentOrder,
  alignFace,
  alignFaces,
  type FaceToAlign,
} from './alignment/align-face.js';
export type { FaceTransform } from './alignment/place-face.js';
export type { ImageSize } from './alignment/sampling.js';
export { type WarpOptions, warpImage } from './alignment/warp-image.js';
export { type BackendCapabilities, backendCapabilities } from './backends/backend-capabilities.js';
export { type BackendName, type BackendOptions, useBackend } from './backends/use-backend.js';
export { createLandmarkDetector, type LandmarkDetectorOptions } from './detect/create-landmark-detector.js';
export { type DetectLandmarksOptions, detectLandmarksLR } from './detect/detect-landmarks-lr.js';
export type { DetectOptions, FacesToDetect, LandmarkDetector } from './detect/landmark-detector.js';
export type { DetectedPoint, LandmarkDetection } from './detect/types.js';
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
export { type Affine, applyAffine, composeAffine, invertAffine, similarityAbout } from './geometry/affine.js';
export { alignAffine } from './geometry/align-affine.js';
export { alignSimilarity } from './geometry/align-similarity.js';
export { type Box, boundingBox } from './geometry/box.js';
export { cropAndResize, cropAround, pointFromCrop, pointToCrop, type SquareCrop } from './geometry/crop.js';
export { faceTemplate } from './geometry/face-template.js';
export type { Interpolation } from './geometry/interpolation.js';
export type { Point } from './geometry/point.js';
export type { RgbImage } from './geometry/rgb-image.js';
export { warpAffine } from './geometry/warp-affine.js';
export type { DrawableImage } from './images/canvas-pixels.js';
export type { ImageInput, PixelArray } from './images/image-input.js';
export { convertLandmarks, convertScores } from './landmarks/convert.js';
export { faceBoxFromLandmarks } from './landmarks/face-box.js';
export { flipLandmarks } from './landmarks/flip.js';
export { meanShape, placeShape } from './landmarks/mean-shape.js';
export { type LandmarkScheme, landmarkSchemes, type SchemeName } from './landmarks/schemes.js';
export { isVisible, markInvisible } from './landmarks/visibility.js';
export { Random } from './random.js';
