/**
 * What needs a file system: image files, datasets on disk, run folders, pictures. Everything else comes from `lowres-landmarks`.
 *
 * @module
 */

// Pictures
export { contactSheet } from '../drawing/contact-sheet.js';
export { drawDegradations } from '../drawing/draw-degradations.js';
export { drawFaceErrors, type FaceToDraw } from '../drawing/draw-face-errors.js';
export { type DrawLandmarksOptions, drawLandmarks } from '../drawing/draw-landmarks.js';
// Charts
export type { ChartOptions } from '../reports/charts/chart-frame.js';
export { type CumulativeErrorChartOptions, cumulativeErrorChart } from '../reports/charts/cumulative-error-chart.js';
export {
  type ErrorBySizeChartOptions,
  type ErrorBySizeSeries,
  errorBySizeChart,
} from '../reports/charts/error-by-size-chart.js';
export {
  type MatchCharacteristicChartOptions,
  matchCharacteristicChart,
} from '../reports/charts/match-characteristic-chart.js';
export { type MetricBar, type MetricChartOptions, metricChart } from '../reports/charts/metric-chart.js';
export { type PointErrorChartOptions, pointErrorChart } from '../reports/charts/point-error-chart.js';
export { type RiskCoverageChartOptions, riskCoverageChart } from '../reports/charts/risk-coverage-chart.js';
// Reports
export { type FaceFigure, faceFigures } from '../reports/face-figures.js';
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
} from '../reports/report.js';
export { settingsSection } from '../reports/settings-section.js';
export {
  formatCsvTable,
  formatMarkdownTable,
  type TableRecord,
  tableRecords,
} from '../reports/table-formats.js';
// Annotations
export { AnnotatedFaces } from './datasets/annotated-faces.js';
// Data and runs
export { annotatedFaces, openEvaluationFaces } from './datasets/evaluation-faces.js';
export {
  type IdentificationSetsOptions,
  type OpenedIdentificationSets,
  openIdentificationSets,
  peopleOf,
} from './datasets/identification-sets.js';
export { Landmarks300W } from './datasets/landmarks-300w.js';
export { LowResolutionFaces } from './datasets/low-resolution-faces.js';
export { MtflFaces } from './datasets/mtfl-faces.js';
export { type SmallFace, shrinkFace } from './datasets/shrink-face.js';
export { type BoxKind, type ShrinkFacesOptions, shrinkFaces } from './datasets/shrink-faces.js';
export { open300WTestSets, type TestSet300W } from './datasets/test-sets-300w.js';
export { openTinyFace } from './datasets/tiny-face.js';
export { openTestData, openTrainingData, type TrainingData } from './datasets/training-data.js';
export { openUnlabelledData, type UnlabelledData } from './datasets/unlabelled-data.js';
export { WiderFaces, type WiderFacesOptions } from './datasets/wider-faces.js';
export {
  type AnnotatedIdentificationSets,
  openYouTubeFacesIdentities,
  type YouTubeFacesIdentitiesOptions,
} from './datasets/youtube-faces-identities.js';
export { YouTubeFacesLandmarks } from './datasets/youtube-faces-landmarks.js';
// Detection in image files
export { detectLandmarksLR, type NodeImageInput } from './detect-landmarks-lr.js';
export { type ImageSource, type ReadImageOptions, readImage } from './images/read-image.js';
export { encodePng } from './images/write-png.js';
export { renderReport } from './report/html-report.js';
export { renderChart } from './report/render-chart.js';
export { writeReport } from './report/write-report.js';
export { networkFile } from './runs/network-file.js';
export { createRunFolder } from './runs/run-folder.js';
