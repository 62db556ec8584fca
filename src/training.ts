/**
 * For researchers: the paper's networks, losses and trainers, datasets and augmentation. Needs tfjs-layers.
 *
 * @module
 */

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
export {
  type IdentificationSets,
  type IdentificationSplit,
  splitForIdentification,
  type VideoFrame,
} from './datasets/identification-split.js';
export type { AlignedSample, AnnotatedSample, LandmarkSample, UnlabelledSample } from './datasets/samples.js';
export { decodeSafetensors, encodeSafetensors, type PlainTensor, type TensorFile } from './formats/safetensors.js';
export { decodeWeightsFile, encodeWeightsFile, type NetworkWeights } from './formats/weights-file.js';
export {
  type DecodeOptions,
  decodeHeatmapArray,
  decodeHeatmaps,
  type HeatmapDecoder,
  type HeatmapLayout,
  type HeatmapPoint,
} from './heatmaps/decode.js';
export { encodeHeatmapArray, encodeHeatmaps, type HeatmapOptions } from './heatmaps/encode.js';
export { facesToTensor } from './images/faces-to-tensor.js';
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
export { loadFromHandler, saveToHandler } from './networks/io-handler.js';
export { LayerFactory } from './networks/layer-factory.js';
export { LightCNN29 } from './networks/light-cnn.js';
export type { LightCNN29Config } from './networks/light-cnn-config.js';
export { LowResDiscriminator, type LowResDiscriminatorConfig } from './networks/low-res-discriminator.js';
export { MaxConvolution, type MaxConvolutionArgs } from './networks/max-convolution.js';
export { MaxFeatureMap } from './networks/max-feature-map.js';
export { MaxFeatureMapFactory } from './networks/max-feature-map-factory.js';
export { type ApplyOptions, Network } from './networks/network.js';
export type { NamedTensors } from './networks/plain-tensors.js';
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
export { loadBundledGenerator } from './training/bundled-generator.js';
export { compareDegradations, type DegradedSets } from './training/compare-degradations.js';
export { generateFaces } from './training/generate-faces.js';
export {
  type HeatmapPreset,
  type HeatmapTrainerConfig,
  type LowResolutionSource,
  resolveHeatmapConfig,
} from './training/heatmap-config.js';
export { HeatmapLearner, type HeatmapNetworks } from './training/heatmap-learner.js';
export {
  type HeatmapBatch,
  HeatmapTrainer,
  type HeatmapTrainerInput,
  type NetworkFace,
  type Prediction,
} from './training/heatmap-trainer.js';
export {
  type HighToLowPreset,
  type HighToLowTrainerConfig,
  resolveHighToLowConfig,
} from './training/high-to-low-config.js';
export { type HighToLowBatch, HighToLowLearner, type HighToLowNetworks } from './training/high-to-low-learner.js';
export {
  type DegradedFace,
  type HighToLowData,
  HighToLowTrainer,
  type HighToLowTrainerInput,
} from './training/high-to-low-trainer.js';
export { type IdentityPreset, type IdentityTrainerConfig, resolveIdentityConfig } from './training/identity-config.js';
export {
  type IdentityBatch,
  IdentityLearner,
  type IdentityLearnerConfig,
  type IdentityNetworks,
} from './training/identity-learner.js';
export { IdentityTrainer, type IdentityTrainerInput } from './training/identity-trainer.js';
export { KtBalancer, type KtBalancerConfig } from './training/kt-balancer.js';
export { predictLandmarks } from './training/predict-landmarks.js';
export type { ConfigChanges, TrainingScale } from './training/resolve-config.js';
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
export { steppedLearningRate } from './training-loop/schedule.js';
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
