/// <reference lib="esnext.disposable" preserve="true" />
/**
 * For researchers: the paper's networks, losses and trainers, datasets and augmentation. Needs tfjs-layers.
 *
 * @module
 */

// Networks: G1 and D1 (Fig. 3), G2 and D2 (Fig. 5), D3, LightCNN-29, and what they are built of.
export { HighToLowGenerator, type HighToLowGeneratorConfig } from './networks/high-to-low-generator.js';
export { LowResDiscriminator, type LowResDiscriminatorConfig } from './networks/low-res-discriminator.js';
export { HeatmapUNet } from './networks/heatmap-unet.js';
export type { HeatmapUNetConfig } from './networks/heatmap-unet-config.js';
export {
  BeganHeatmapDiscriminator,
  type BeganHeatmapDiscriminatorConfig,
} from './networks/began-heatmap-discriminator.js';
export { ConfidenceDiscriminator, type ConfidenceDiscriminatorConfig } from './networks/confidence-discriminator.js';
export { LightCNN29 } from './networks/light-cnn.js';
export type { LightCNN29Config } from './networks/light-cnn-config.js';
export { IdentityClassifier, type IdentityClassifierConfig } from './networks/identity-classifier.js';
export { type ApplyOptions, Network } from './networks/network.js';
export type { NamedTensors } from './networks/plain-tensors.js';
export { ResidualDiscriminator, type ResidualDiscriminatorConfig } from './networks/residual-discriminator.js';
export { LayerFactory } from './networks/layer-factory.js';
export { SpectralLayerFactory } from './networks/spectral-layer-factory.js';
export { MaxFeatureMapFactory } from './networks/max-feature-map-factory.js';
export { BatchNorm } from './networks/batch-norm.js';

// Weights as files, or where tfjs keeps models.
export { loadFromHandler, saveToHandler } from './networks/io-handler.js';
export { decodeWeightsFile, encodeWeightsFile, type NetworkWeights } from './formats/weights-file.js';
export type { PlainTensor } from './formats/safetensors.js';

// Losses: a function for each equation.
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

// Stage one: G1 learns to make low-resolution faces (section 3.1).
export {
  type DegradedFace,
  type HighToLowData,
  HighToLowTrainer,
  type HighToLowTrainerInput,
} from './training/high-to-low-trainer.js';
export { type HighToLowBatch, HighToLowLearner, type HighToLowNetworks } from './training/high-to-low-learner.js';
export {
  type HighToLowPreset,
  type HighToLowTrainerConfig,
  resolveHighToLowConfig,
} from './training/high-to-low-config.js';
export { generateFaces } from './training/generate-faces.js';
export { compareDegradations, type DegradedSets } from './training/compare-degradations.js';
export { loadBundledGenerator } from './training/bundled-generator.js';

// Stage two, supervised: G2 learns landmarks (S1, S2, HR-LD).
export {
  HeatmapTrainer,
  type HeatmapTrainerInput,
  type NetworkFace,
  type Prediction,
} from './training/heatmap-trainer.js';
export { type HeatmapBatch, HeatmapLearner, type HeatmapNetworks } from './training/heatmap-learner.js';
export {
  type HeatmapPreset,
  type HeatmapTrainerConfig,
  type LowResolutionSource,
  resolveHeatmapConfig,
} from './training/heatmap-config.js';
export { predictLandmarks } from './training/predict-landmarks.js';

// Stage two with D2 and D3 (S3, S4).
export { SemiSupervisedTrainer, type SemiSupervisedTrainerInput } from './training/semi-supervised-trainer.js';
export {
  type PredictedFaces,
  type SemiSupervisedBatch,
  SemiSupervisedLearner,
  type SemiSupervisedNetworks,
} from './training/semi-supervised-learner.js';
export {
  resolveSemiSupervisedConfig,
  type SemiSupervisedPreset,
  type SemiSupervisedTrainerConfig,
} from './training/semi-supervised-config.js';
export { KtBalancer, type KtBalancerConfig } from './training/kt-balancer.js';

// LightCNN-29 learns identities (section 4.3).
export { IdentityTrainer, type IdentityTrainerInput } from './training/identity-trainer.js';
export {
  type IdentityBatch,
  IdentityLearner,
  type IdentityLearnerConfig,
  type IdentityNetworks,
} from './training/identity-learner.js';
export { type IdentityPreset, type IdentityTrainerConfig, resolveIdentityConfig } from './training/identity-config.js';

// What configurations and trainers share.
export type { ConfigChanges, TrainingScale } from './training/resolve-config.js';
export { Adam, type AdamConfig } from './training-loop/adam.js';
export type { TrainerEvents, Unsubscribe } from './training-loop/events.js';
export {
  type Batch,
  Learner,
  type LearnerOn,
  type LossTerms,
  type NetworksByName,
  type Objective,
  type ObjectiveOn,
  type Objectives,
  type Settings,
} from './training-loop/learner.js';
export { MomentOptimiser, type Optimiser, type Trainable, type WeightUpdate } from './training-loop/optimiser.js';
export type { RunStore } from './training-loop/run-store.js';
export { Sgd, type SgdConfig } from './training-loop/sgd.js';
export { Trainer } from './training-loop/trainer.js';
export type {
  Metrics,
  TrainerConfig,
  TrainingState,
  TrainOptions,
} from './training-loop/trainer-types.js';
export type { TrainingWarning } from './training-loop/warnings.js';

// Datasets.
export { type Dataset, datasetOf, type LandmarkDataset } from './datasets/dataset.js';
export {
  cachedDataset,
  concatDatasets,
  groupsOf,
  selectSamples,
  splitByGroup,
  takeSamples,
  withoutGroups,
} from './datasets/dataset-tools.js';
export type { IdentificationSets } from './datasets/identification-split.js';
export type { AlignedSample, AnnotatedSample, LandmarkSample, UnlabelledSample } from './datasets/samples.js';

// Augmentation, and ways to make a face low-resolution.
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

// Heatmaps, faces as tensors, crops, affine maps and shapes: what a `prepareBatch` of your own needs.
export { encodeHeatmaps, type HeatmapOptions } from './heatmaps/encode.js';
export { type DecodeOptions, decodeHeatmaps, type HeatmapPoint } from './heatmaps/decode.js';
export { facesToTensor } from './images/faces-to-tensor.js';
export { cropAndResize, cropAround, pointFromCrop, pointToCrop, type SquareCrop } from './geometry/crop.js';
export { boundingBox } from './geometry/box.js';
export { invertAffine, similarityAbout } from './geometry/affine.js';
export { type WarpOptions, warpImage } from './alignment/warp-image.js';
export type { ImageSize } from './alignment/sampling.js';
export { flipLandmarks } from './landmarks/flip.js';
export { isVisible, markInvisible } from './landmarks/visibility.js';
export { meanShape, placeShape } from './landmarks/mean-shape.js';
export { Random } from './random.js';
