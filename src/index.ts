/**
 * Facial landmarks on faces of 12-40 pixels, and the system that learns to find them.
 *
 * @module
 */

// Alignment
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
export {
  type AugmentationConfig,
  type AugmentedFace,
  augmentFace,
  noAugmentation,
  paperAugmentation,
} from './augmentation/augment.js';
export { type AlignedAugmentation, augmentAligned } from './augmentation/augment-aligned.js';
export { augmentUnlabelled } from './augmentation/augment-unlabelled.js';
export {
  type Degradation,
  keepResolution,
  subsample,
  type VariedDegradationConfig,
  variedDegradation,
} from './augmentation/degrade.js';
export { shrinkAsCamera } from './augmentation/shrink-as-camera.js';
// Backends
export { type BackendCapabilities, backendCapabilities } from './backends/backend-capabilities.js';
export { type BackendName, type BackendOptions, useBackend } from './backends/use-backend.js';
// Data
export { type AlignedFace, type AlignedFaceDataset, alignedFaces } from './datasets/aligned-faces.js';
export type { AnnotatedFace, AnnotatedIdentityDataset } from './datasets/annotated-face.js';
export { cachedDataset, concatDatasets, leaveOutGroups, splitByGroup } from './datasets/dataset-tools.js';
export { type IdentificationSplit, splitForIdentification, type VideoFrame } from './datasets/identification-split.js';
export { cachedIdentities, type IdentificationSets, type IdentityDataset } from './datasets/identity-dataset.js';
export type { LandmarkDataset, LandmarkSample } from './datasets/sample.js';
export {
  cachedUnlabelled,
  concatUnlabelled,
  groupsOf,
  splitUnlabelled,
  type UnlabelledDataset,
  type UnlabelledFace,
  withoutGroups,
} from './datasets/unlabelled.js';
// Detection
export { createLandmarkDetector, type LandmarkDetectorOptions } from './detect/create-landmark-detector.js';
export { type DetectLandmarksOptions, detectLandmarksLR } from './detect/detect-landmarks-lr.js';
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
  PackageUnavailableError,
  TrainingDivergedError,
  WeightsCorruptError,
  WeightsMismatchError,
  WorkerError,
} from './errors.js';
// Evaluation
export { type AlignDatasetOptions, type AlignedDataset, alignDataset } from './evaluation/align-dataset.js';
export { type CompletePredictionsOptions, completePredictions } from './evaluation/complete-predictions.js';
export { detectorPredictor, networkPredictor } from './evaluation/detector-predictor.js';
export {
  type EvaluatePredictionsOptions,
  evaluatePredictions,
  type MeasuredResult,
  type PredictorRecords,
  type PredictorResult,
} from './evaluation/evaluate-predictions.js';
export {
  type EvaluatedFace,
  type FaceSet,
  type FaceTruth,
  faceSetOf,
  facesOfDataset,
  truthsOf,
} from './evaluation/evaluated-face.js';
export {
  annotatedAligner,
  boxAligner,
  type FaceAligner,
  type LandmarkAlignerOptions,
  landmarkAligner,
} from './evaluation/face-aligner.js';
export type { ErrorOfFace, FacesResult } from './evaluation/faces-result.js';
export { generatedFaces } from './evaluation/generated-faces.js';
export { type AlignedSets, identifyPeople } from './evaluation/identify-people.js';
export type { LandmarkPredictor } from './evaluation/landmark-predictor.js';
export { meanShapePredictor } from './evaluation/mean-shape-predictor.js';
export { type ErrorNormalizer, type Measurement, measurementsOf } from './evaluation/measure-errors.js';
export { type PredictFacesOptions, type PredictionRecord, predictFaces } from './evaluation/predict-faces.js';
export {
  type RecognitionSetting,
  type RecognitionSettingName,
  recognitionSetting,
  recognitionSettings,
} from './evaluation/recognition-settings.js';
export { worstAndBest } from './evaluation/worst-and-best.js';
// Training
export {
  ABLATION_SETTINGS,
  type AblationResult,
  type AblationSetting,
  errorsOn,
  generateTestFaces,
  PAPER_ABLATION,
  shapeModelOf,
  summarizeErrors,
} from './experiments/ablation.js';
export { measureOnNativeFaces, type NativeMeasures, predictNativeFaces } from './experiments/native-measures.js';
export { type AnnotatedFaceList, type AnnotatedFaceRow, parseAnnotatedFaces } from './formats/annotated-faces-csv.js';
export { type ReadMatFileOptions, readMatFile } from './formats/mat-file.js';
export type {
  MatCell,
  MatChar,
  MatNumberClass,
  MatNumbers,
  MatNumeric,
  MatStruct,
  MatValue,
} from './formats/mat-value.js';
export { type MtflPicture, parseMtflList } from './formats/mtfl-list.js';
export { parsePts } from './formats/pts.js';
export { decodeSafetensors, encodeSafetensors, type PlainTensor, type TensorFile } from './formats/safetensors.js';
export { type ListedPicture, parseTinyFaceList } from './formats/tiny-face-list.js';
export { decodeWeightsFile, encodeWeightsFile, type NetworkWeights } from './formats/weights-file.js';
export { parseWiderFaceList, type WiderFace, type WiderPicture } from './formats/wider-face-list.js';
export { type AnnotatedFrame, parseYouTubeFacesCsv, personOfFrame, videoOfFrame } from './formats/youtube-faces-csv.js';
// Landmarks and geometry
export { alignAffine } from './geometry/align-affine.js';
export { alignSimilarity } from './geometry/align-similarity.js';
export { type Box, boundingBox } from './geometry/box.js';
export { cropAndResize, cropAround, pointFromCrop, pointToCrop, type SquareCrop } from './geometry/crop.js';
export { faceTemplate } from './geometry/face-template.js';
export type { Interpolation } from './geometry/interpolation.js';
export type { Point } from './geometry/point.js';
export type { RgbImage } from './geometry/rgb-image.js';
export {
  type Affine,
  applyAffine,
  composeAffine,
  invertAffine,
  similarityAbout,
  warpAffine,
} from './geometry/warp.js';
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
export type { DrawableImage } from './images/canvas-pixels.js';
export type { ImageInput, PixelArray } from './images/image-input.js';
export { convertLandmarks, convertScores } from './landmarks/convert.js';
export { faceBoxFromLandmarks } from './landmarks/face-box.js';
export { flipLandmarks } from './landmarks/flip.js';
export { meanShape, placeShape } from './landmarks/mean-shape.js';
export { type LandmarkScheme, landmarkSchemes, type SchemeName } from './landmarks/schemes.js';
export { isVisible, markInvisible } from './landmarks/visibility.js';
// Losses
export {
  type ConfidenceDiscriminatorLoss,
  type Confidences,
  confidenceDiscriminatorLoss,
  confidenceGeneratorLoss,
} from './losses/confidence-loss.js';
export { heatmapDiscriminatorLoss, reconstructionLoss } from './losses/heatmap-discriminator-loss.js';
export { type HeatmapLoss, type HeatmapReduction, heatmapLoss } from './losses/heatmap-loss.js';
export { type HighToLowLoss, type HighToLowLossWeights, highToLowLoss } from './losses/high-to-low-loss.js';
export { type HingeDiscriminatorLoss, hingeDiscriminatorLoss, hingeGeneratorLoss } from './losses/hinge-loss.js';
export { identityAccuracy, identityLoss } from './losses/identity-loss.js';
export { pixelLoss } from './losses/pixel-loss.js';
export {
  type SemiSupervisedLossWeights,
  type SemiSupervisedTerms,
  semiSupervisedLoss,
} from './losses/semi-supervised-loss.js';
// Metrics
export { areaUnderCurve, sampledAreaUnderCurve } from './metrics/auc.js';
export { averagePrecision } from './metrics/average-precision.js';
export {
  type BootstrapOptions,
  bootstrapInterval,
  type Interval,
  type RandomIntegers,
} from './metrics/bootstrap-interval.js';
export { classifierTwoSampleTest, type TwoSampleTest } from './metrics/classifier-two-sample-test.js';
export { flipConsistency, moveConsistency } from './metrics/consistency.js';
export { type CumulativeError, cumulativeErrorCurve } from './metrics/cumulative-error.js';
export { degradationFeatures } from './metrics/degradation-features.js';
export { type Embedding, fuseEmbeddings } from './metrics/embeddings.js';
export { faceError } from './metrics/face-error.js';
export { type FaceErrorSummary, summarizeFaceErrors } from './metrics/face-error-summary.js';
export {
  type ErrorsBySize,
  FACE_SIZE_RANGES,
  type FacesBySize,
  groupBySize,
  type SizeRange,
  summarizeBySize,
} from './metrics/face-sizes.js';
export { failureRate } from './metrics/failure-rate.js';
export { type FeatureRows, standardize } from './metrics/feature-statistics.js';
export { frechetDistance } from './metrics/frechet-distance.js';
export { hitsWithin, type Identification, type IdentifiedFace, identify } from './metrics/identification.js';
export { nearestMateRate } from './metrics/nearest-mate.js';
export { boxSize, interOcularDistance, interPupilDistance } from './metrics/normalizers.js';
export { type Nrmse, nrmse } from './metrics/nrmse.js';
export { type ComparisonOptions, comparePaired, type PairedComparison } from './metrics/paired-comparison.js';
export { type PointSummary, pointErrors, summarizePoints } from './metrics/point-errors.js';
export { type AlignedShape, alignShape } from './metrics/procrustes.js';
export {
  areaUnderRiskCoverage,
  type RiskAtCoverage,
  riskAtCoverage,
  riskCoverageCurve,
} from './metrics/risk-coverage.js';
export { fitShapeModel, type Plausibility, plausibility, type ShapeModel } from './metrics/shape-model.js';
export { spearmanCorrelation } from './metrics/spearman.js';
// Networks
export { BatchNorm } from './networks/batch-norm.js';
export {
  BeganHeatmapDiscriminator,
  type BeganHeatmapDiscriminatorConfig,
} from './networks/began-heatmap-discriminator.js';
export { ConfidenceDiscriminator, type ConfidenceDiscriminatorConfig } from './networks/confidence-discriminator.js';
export { HeatmapUNet } from './networks/heatmap-unet.js';
export type { HeatmapUNetConfig } from './networks/heatmap-unet-config.js';
export { HighToLowGenerator, type HighToLowGeneratorConfig } from './networks/high-to-low-generator.js';
export { IdentityClassifier, type IdentityClassifierConfig } from './networks/identity-classifier.js';
export { LayerFactory } from './networks/layer-factory.js';
export { LightCNN29 } from './networks/light-cnn.js';
export type { LightCNN29Config } from './networks/light-cnn-config.js';
export { LowResDiscriminator, type LowResDiscriminatorConfig } from './networks/low-res-discriminator.js';
export { MaxConvolution, type MaxConvolutionArgs } from './networks/max-convolution.js';
export { MaxFeatureMap } from './networks/max-feature-map.js';
export { MaxFeatureMapFactory } from './networks/max-feature-map-factory.js';
export { type ApplyOptions, type NamedTensors, Network } from './networks/network.js';
export { ResidualDiscriminator, type ResidualDiscriminatorConfig } from './networks/residual-discriminator.js';
export { SpectralLayerFactory } from './networks/spectral-layer-factory.js';
export {
  divideBySpectralNorm,
  estimateSpectralNorm,
  SpectralConvolution,
  SpectralDense,
  type SpectralEstimate,
  type SpectralLayerArgs,
} from './networks/spectral-norm.js';
export { updateBatchNorm } from './networks/update-batch-norm.js';
export { Random } from './random.js';
// Recognition
export { type EmbedFacesOptions, embedFaces } from './recognition/embed-faces.js';
export type { FaceEmbedder } from './recognition/face-embedder.js';
export { LightCnnEmbedder } from './recognition/light-cnn-embedder.js';
export type { SuperResolver } from './recognition/super-resolver.js';
export { loadBundledGenerator } from './training/bundled-generator.js';
export { compareDegradations, type DegradedSets } from './training/compare-degradations.js';
export { generateFaces } from './training/generate-faces.js';
export { HeatmapLearner, type HeatmapNetworks } from './training/heatmap-learner.js';
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
export {
  type HighToLowTrainerConfig,
  highToLowPresets,
  resolveHighToLowConfig,
  type TrainingScale,
} from './training/high-to-low-config.js';
export { type HighToLowBatch, HighToLowLearner, type HighToLowNetworks } from './training/high-to-low-learner.js';
export {
  type DegradedFace,
  type HighToLowData,
  HighToLowTrainer,
  type HighToLowTrainerInput,
} from './training/high-to-low-trainer.js';
export { type IdentityTrainerConfig, identityPresets, resolveIdentityConfig } from './training/identity-config.js';
export {
  type IdentityBatch,
  IdentityLearner,
  type IdentityLearnerConfig,
  type IdentityNetworks,
} from './training/identity-learner.js';
export { IdentityTrainer, type IdentityTrainerInput } from './training/identity-trainer.js';
export { KtBalancer, type KtBalancerConfig } from './training/kt-balancer.js';
export { predictLandmarks } from './training/predict-landmarks.js';
export {
  resolveSemiSupervisedConfig,
  type SemiSupervisedPreset,
  type SemiSupervisedTrainerConfig,
} from './training/semi-supervised-config.js';
export {
  type PredictedFaces,
  type SemiSupervisedBatch,
  SemiSupervisedLearner,
  type SemiSupervisedNetworks,
} from './training/semi-supervised-learner.js';
export { SemiSupervisedTrainer, type SemiSupervisedTrainerInput } from './training/semi-supervised-trainer.js';
export { Adam, type AdamConfig, adamFor } from './training-loop/adam.js';
export type { Unsubscribe } from './training-loop/events.js';
export type { UpdateWeights } from './training-loop/gradient-engine.js';
export {
  type Batch,
  Learner,
  type LossTerms,
  type NetworksByName,
  type Objective,
  type Objectives,
  type Settings,
} from './training-loop/learner.js';
export type { Optimiser } from './training-loop/optimiser.js';
export type { RunStore } from './training-loop/run-store.js';
export { steppedLearningRate, withEpochs } from './training-loop/schedule.js';
export { Sgd, type SgdConfig, sgdFor } from './training-loop/sgd.js';
export { Trainer } from './training-loop/trainer.js';
export type {
  Metrics,
  TrainerConfig,
  TrainerEvents,
  TrainingState,
  TrainOptions,
} from './training-loop/trainer-types.js';
export type { TrainingWarning } from './training-loop/warnings.js';
