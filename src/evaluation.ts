/// <reference lib="esnext.disposable" preserve="true" />
/**
 * Metrics, predictors to be compared, recognition, and the paper's experiments.
 *
 * @module
 */

// Errors of landmarks: of a face, of many, by size, by point.
export { faceError } from './metrics/face-error.js';
export { boxSize, interOcularDistance, interPupilDistance } from './metrics/normalizers.js';
export {
  areaUnderCurve,
  type CumulativeError,
  cumulativeErrorCurve,
  failureRate,
  type Nrmse,
  nrmse,
} from './metrics/error-statistics.js';
export { type FaceErrorSummary, summarizeFaceErrors } from './metrics/face-error-summary.js';
export { type ErrorsBySize, FACE_SIZE_RANGES, type SizeRange, summarizeBySize } from './metrics/face-sizes.js';
export { type PointSummary, pointErrors, summarizePoints } from './metrics/point-errors.js';

// How certain an error or a difference is, and what a score is worth.
export { type BootstrapOptions, bootstrapInterval, type Interval } from './metrics/bootstrap-interval.js';
export { type ComparisonOptions, comparePaired, type PairedComparison } from './metrics/paired-comparison.js';
export {
  areaUnderRiskCoverage,
  type RiskAtCoverage,
  riskAtCoverage,
  riskCoverageCurve,
} from './metrics/risk-coverage.js';
export { spearmanCorrelation } from './metrics/spearman.js';

// Without labels: consistent and plausible points; how far one set of faces is from another.
export { flipConsistency, moveConsistency } from './metrics/consistency.js';
export { fitShapeModel, type Plausibility, plausibility, type ShapeModel } from './metrics/shape-model.js';
export { frechetDistance } from './metrics/frechet-distance.js';
export { classifierTwoSampleTest, type TwoSampleTest } from './metrics/classifier-two-sample-test.js';
export { degradationFeatures } from './metrics/degradation-features.js';
export type { FeatureRows } from './metrics/feature-statistics.js';

// Predictors of landmarks, measured on the same faces.
export type { LandmarkPredictor, PredictedPoint } from './evaluation/landmark-predictor.js';
export { detectorPredictor, networkPredictor } from './evaluation/detector-predictor.js';
export { meanShapePredictor } from './evaluation/mean-shape-predictor.js';
export {
  type EvaluatedFace,
  type FaceSet,
  type FaceTruth,
  faceSetOf,
  facesOfDataset,
  truthsOf,
} from './evaluation/evaluated-face.js';
export { generatedFaces } from './evaluation/generated-faces.js';
export { type PredictFacesOptions, type PredictionRecord, predictFaces } from './evaluation/predict-faces.js';
export { type CompletePredictionsOptions, completePredictions } from './evaluation/complete-predictions.js';
export {
  type EvaluatePredictionsOptions,
  evaluatePredictions,
  type MeasuredResult,
  type PredictorRecords,
  type PredictorResult,
} from './evaluation/evaluate-predictions.js';
export type { ErrorOfFace, FacesResult } from './evaluation/faces-result.js';
export { type ErrorNormalizer, type Measurement, measurementsOf } from './evaluation/measure-errors.js';
export { worstAndBest } from './evaluation/worst-and-best.js';

// Recognition: faces aligned, embedded and found in a gallery.
export {
  annotatedAligner,
  boxAligner,
  type FaceAligner,
  type LandmarkAlignerOptions,
  landmarkAligner,
} from './evaluation/face-aligner.js';
export {
  type AlignDatasetOptions,
  type AlignedDataset,
  alignDataset,
  type AlignedSets,
  identifyPeople,
} from './evaluation/identify-people.js';
export { type EmbedFacesOptions, embedFaces } from './recognition/embed-faces.js';
export type { FaceEmbedder } from './recognition/face-embedder.js';
export { LightCnnEmbedder } from './recognition/light-cnn-embedder.js';
export type { SuperResolver } from './recognition/super-resolver.js';
export { type Embedding, fuseEmbeddings } from './metrics/embeddings.js';
export { hitsWithin, type Identification, type IdentifiedFace, identify } from './metrics/identification.js';
export {
  type RecognitionSetting,
  type RecognitionSettingName,
  recognitionSetting,
  recognitionSettings,
} from './evaluation/recognition-settings.js';

// The paper's experiments.
export { type AblateOptions, type Ablation, type AblationData, ablate } from './experiments/ablation.js';
export { type CompareLandmarksOptions, compareLandmarks } from './experiments/compare-landmarks.js';
export {
  type EvaluateLandmarksOptions,
  evaluateLandmarks,
  type LandmarkSetting,
  type SettingFaces,
} from './experiments/evaluate-landmarks.js';
export type { NamedSet } from './experiments/evaluate-set.js';
export { type EvaluateRecognitionOptions, evaluateRecognition } from './experiments/evaluate-recognition.js';
export type {
  EvaluationOptions,
  ExperimentEvent,
  ExperimentOptions,
  FacesProgress,
  RunSettings,
  TrainingProgress,
  TrainingStart,
} from './experiments/experiment.js';
export type { NativeMeasures } from './experiments/native-measures.js';
export type { AblationSetting, PaperNumbers } from './experiments/paper-ablation.js';
export type { GivenNetworks, RecognitionData, RecognitionNetworks } from './experiments/recognition-networks.js';
export type { RecognitionRow } from './experiments/recognition-row.js';
export type { RecognitionAlignment, RecognitionRows } from './experiments/recognition-steps.js';
export { type TrainedPreset, type TrainingOptions, trainPreset } from './experiments/train-preset.js';
export { type Split, type TrainingPreset, type TrainingSources, trainingPresets } from './experiments/training-plan.js';

// Reports, and their charts as Vega-Lite specifications: `lowres-landmarks/node` draws and writes them.
export type {
  ChartSection,
  FigureSection,
  Report,
  ReportFigure,
  ReportSection,
  ReportTable,
  TableCell,
  TableColumn,
  TableSection,
  TextSection,
} from './reports/report.js';
export type { ChartOptions, ChartSpec } from './reports/charts/chart-frame.js';
export {
  type CumulativeErrorChartOptions,
  cumulativeErrorChart,
  type ErrorBySizeSeries,
  type ErrorChartOptions,
  errorBySizeChart,
  pointErrorChart,
  riskCoverageChart,
} from './reports/charts/error-charts.js';
export {
  type MatchCharacteristicChartOptions,
  type MetricBar,
  type MetricChartOptions,
  matchCharacteristicChart,
  metricChart,
} from './reports/charts/recognition-charts.js';
