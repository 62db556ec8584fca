/**
 * Facial landmarks on faces of 12-40 pixels, and the system that learns to find them.
 *
 * @module
 */

// Backends
export { type BackendCapabilities, backendCapabilities } from './backends/backend-capabilities.js';
export { type BackendName, type BackendOptions, useBackend } from './backends/use-backend.js';
// Data
export {
  type AugmentationConfig,
  type AugmentedFace,
  augmentFace,
  noAugmentation,
  paperAugmentation,
} from './data/augment.js';
export { cachedDataset, concatDatasets, splitByGroup } from './data/dataset-tools.js';
export {
  type Degradation,
  keepResolution,
  subsample,
  type VariedDegradationConfig,
  variedDegradation,
} from './data/degrade.js';
export { parsePts } from './data/pts.js';
export { Random } from './data/random.js';
export { decodeSafetensors, encodeSafetensors, type PlainTensor, type TensorFile } from './data/safetensors.js';
export type { LandmarkDataset, LandmarkSample } from './data/sample.js';
export { decodeWeightsFile, encodeWeightsFile, type NetworkWeights } from './data/weights-file.js';
export { type AnnotatedFrame, parseYouTubeFacesCsv, personOfFrame } from './data/youtube-faces-csv.js';
export type { DrawableImage } from './detect/canvas-pixels.js';
// Detection
export { createLandmarkDetector, type LandmarkDetectorOptions } from './detect/create-landmark-detector.js';
export { type DetectLandmarksOptions, detectLandmarksLR } from './detect/detect-landmarks-lr.js';
export type { ImageInput, PixelArray } from './detect/image-input.js';
export type { DetectOptions, FacesToDetect, LandmarkDetector } from './detect/landmark-detector.js';
export type { DetectedPoint, LandmarkDetection } from './detect/types.js';
// Errors
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
  TrainingDivergedError,
  WeightsCorruptError,
  WeightsMismatchError,
  WorkerError,
} from './errors.js';
// Landmarks and geometry
export { type Box, boundingBox } from './geometry/box.js';
export { cropAndResize, cropAround, pointFromCrop, pointToCrop, type SquareCrop } from './geometry/crop.js';
export type { Point } from './geometry/point.js';
export type { RgbImage } from './geometry/rgb-image.js';
export { type Affine, applyAffine, invertAffine, similarityAbout, warpAffine } from './geometry/warp.js';
// Heatmaps
export {
  type DecodeOptions,
  decodeHeatmapArray,
  decodeHeatmaps,
  type HeatmapDecoder,
  type HeatmapLayout,
  type HeatmapPoint,
} from './heatmaps/decode.js';
export { encodeHeatmapArray, encodeHeatmaps, type HeatmapOptions } from './heatmaps/encode.js';
export { convertLandmarks, convertScores } from './landmarks/convert.js';
export { faceBoxFromLandmarks } from './landmarks/face-box.js';
export { flipLandmarks } from './landmarks/flip.js';
export { meanShape, placeShape } from './landmarks/mean-shape.js';
export { type LandmarkScheme, landmarkSchemes, type SchemeName } from './landmarks/schemes.js';
// Losses
export { type HeatmapLoss, type HeatmapReduction, heatmapLoss } from './losses/heatmap-loss.js';
// Metrics
export { areaUnderCurve, sampledAreaUnderCurve } from './metrics/auc.js';
export { type CumulativeError, cumulativeErrorCurve } from './metrics/cumulative-error.js';
export { faceError } from './metrics/face-error.js';
export { failureRate } from './metrics/failure-rate.js';
export { boxSize, interOcularDistance, interPupilDistance } from './metrics/normalizers.js';
export { type Nrmse, nrmse } from './metrics/nrmse.js';
export {
  areaUnderRiskCoverage,
  type RiskAtCoverage,
  riskAtCoverage,
  riskCoverageCurve,
} from './metrics/risk-coverage.js';
export { spearmanCorrelation } from './metrics/spearman.js';
// Networks
export { BatchNorm } from './networks/batch-norm.js';
export { LayerFactory } from './networks/blocks.js';
export { HeatmapUNet } from './networks/heatmap-unet.js';
export type { HeatmapUNetConfig } from './networks/heatmap-unet-config.js';
export { type ApplyOptions, type NamedTensors, Network } from './networks/network.js';
// Training
export { Adam, type AdamConfig } from './training/adam.js';
export type { Checkpoint } from './training/checkpoint.js';
export type { Unsubscribe } from './training/events.js';
export type { UpdateWeights } from './training/gradient-engine.js';
export { HeatmapLearner } from './training/heatmap-learner.js';
export {
  type HeatmapBatch,
  HeatmapTrainer,
  type HeatmapTrainerInput,
  type NetworkFace,
  type Prediction,
} from './training/heatmap-trainer.js';
export {
  type HeatmapPreset,
  type HeatmapTrainerConfig,
  heatmapPresets,
  type LowResolutionSource,
  resolveHeatmapTrainerConfig,
} from './training/heatmap-trainer-config.js';
export { type Batch, Learner, type Objective, type Objectives, type Settings } from './training/learner.js';
export type { RunStore } from './training/run-store.js';
export { steppedLearningRate } from './training/schedule.js';
export {
  type Metrics,
  Trainer,
  type TrainerConfig,
  type TrainerEvents,
  type TrainingState,
  type TrainOptions,
} from './training/trainer.js';
