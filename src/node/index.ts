/**
 * What needs a file system: image files, datasets on disk, run folders, pictures. Everything else comes from `lowres-landmarks`.
 *
 * @module
 */

// Annotations
export { AnnotatedFaces } from './annotated-faces.js';
// Charts
export type { ChartOptions } from './charts/chart-frame.js';
export { type CumulativeErrorChartOptions, cumulativeErrorChart } from './charts/cumulative-error-chart.js';
export {
  type ErrorBySizeChartOptions,
  type ErrorBySizeSeries,
  errorBySizeChart,
} from './charts/error-by-size-chart.js';
export { type MatchCharacteristicChartOptions, matchCharacteristicChart } from './charts/match-characteristic-chart.js';
export { type MetricBar, type MetricChartOptions, metricChart } from './charts/metric-chart.js';
export { type PointErrorChartOptions, pointErrorChart } from './charts/point-error-chart.js';
export { renderChart } from './charts/render-chart.js';
export { type RiskCoverageChartOptions, riskCoverageChart } from './charts/risk-coverage-chart.js';
// Pictures
export { contactSheet } from './contact-sheet.js';
// Detection in image files
export { detectLandmarksLR, type NodeImageInput } from './detect-landmarks-lr.js';
export { drawDegradations } from './draw-degradations.js';
export { drawFaceErrors, type FaceToDraw } from './draw-face-errors.js';
export { type DrawLandmarksOptions, drawLandmarks } from './draw-landmarks.js';
// Data and runs
export { annotatedFaces, openEvaluationFaces } from './evaluation-faces.js';
export {
  type IdentificationSetsOptions,
  type OpenedIdentificationSets,
  openIdentificationSets,
  peopleOf,
} from './identification-sets.js';
export { Landmarks300W } from './landmarks-300w.js';
export { LowResolutionFaces } from './low-resolution-faces.js';
export { MtflFaces } from './mtfl-faces.js';
export { networkFile } from './network-file.js';
export { type ImageSource, type ReadImageOptions, readImage } from './read-image.js';
// Reports
export { type FaceFigure, faceFigures } from './report/face-figures.js';
export { renderReport } from './report/html-report.js';
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
} from './report/report.js';
export { settingsSection } from './report/settings-section.js';
export {
  formatCsvTable,
  formatMarkdownTable,
  type TableRecord,
  tableRecords,
} from './report/table-formats.js';
export { writeReport } from './report/write-report.js';
export { createRunFolder } from './run-folder.js';
export { type SmallFace, shrinkFace } from './shrink-face.js';
export { type BoxKind, type ShrinkFacesOptions, shrinkFaces } from './shrink-faces.js';
export { open300WTestSets, type TestSet300W } from './test-sets-300w.js';
export { openTinyFace } from './tiny-face.js';
export { openTestData, openTrainingData, type TrainingData } from './training-data.js';
export { openUnlabelledData, type UnlabelledData } from './unlabelled-data.js';
export { WiderFaces, type WiderFacesOptions } from './wider-faces.js';
export { encodePng } from './write-png.js';
export {
  type AnnotatedIdentificationSets,
  openYouTubeFacesIdentities,
  type YouTubeFacesIdentitiesOptions,
} from './youtube-faces-identities.js';
export { YouTubeFacesLandmarks } from './youtube-faces-landmarks.js';
