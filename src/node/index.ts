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
// Datasets
export { openAblationData } from './datasets/ablation-data.js';
export { openAnnotatedFaces } from './datasets/annotated-faces.js';
export { openEvaluationFaces } from './datasets/evaluation-faces.js';
export {
  type IdentificationSetsOptions,
  type OpenedIdentificationSets,
  openIdentificationSets,
} from './datasets/identification-sets.js';
export { type Open300WOptions, open300W } from './datasets/landmarks-300w.js';
export { type LowResolutionFacesOptions, openLowResolutionFaces } from './datasets/low-resolution-faces.js';
export { openMtfl } from './datasets/mtfl-faces.js';
export { openRecognitionData } from './datasets/recognition-data.js';
export { openSettingFaces, type SettingFacesOptions } from './datasets/setting-faces.js';
export { type SmallFace, shrinkFace } from './datasets/shrink-face.js';
export { type BoxKind, type ShrinkFacesOptions, shrinkFaces } from './datasets/shrink-faces.js';
export { open300WTestSets, type TestSet300W } from './datasets/test-sets-300w.js';
export { openTinyFace } from './datasets/tiny-face.js';
export { openTestData, openTrainingData, type TrainingData } from './datasets/training-data.js';
export { openUnlabelledData, type UnlabelledData } from './datasets/unlabelled-data.js';
export { openWiderFaces, type WiderFacesOptions } from './datasets/wider-faces.js';
export {
  type AnnotatedIdentificationSets,
  openYouTubeFacesIdentities,
  type YouTubeFacesIdentitiesOptions,
} from './datasets/youtube-faces-identities.js';
export { openYouTubeFaces } from './datasets/youtube-faces-landmarks.js';
// Detection in image files
export { detectLandmarksLR, type NodeImageInput } from './detect-landmarks-lr.js';
export { type ImageSource, type ReadImageOptions, readImage } from './images/read-image.js';
export { encodePng } from './images/write-png.js';
export { renderChart } from './report/render-chart.js';
export { type WriteReportOptions, writeReport } from './report/write-report.js';
export { readWeights } from './runs/read-weights.js';
export { createRunFolder } from './runs/run-folder.js';
