/// <reference lib="esnext.disposable" preserve="true" />
/**
 * What needs a file system: image files, datasets on disk, run folders, reports. The rest is in `lowres-landmarks`.
 *
 * @module
 */

// Detection in image files.
export { detectLandmarksLR, type NodeImageInput } from './detect-landmarks-lr.js';
export { type ImageSource, type ReadImageOptions, readImage } from './images/read-image.js';
export { encodePng } from './images/write-png.js';

// Pictures of faces and their landmarks.
export { contactSheet } from '../drawing/contact-sheet.js';
export { drawDegradations } from '../drawing/draw-degradations.js';
export { drawFaceErrors, type FaceToDraw } from '../drawing/draw-face-errors.js';
export { type DrawLandmarksOptions, drawLandmarks } from '../drawing/draw-landmarks.js';

// A folder of data, as the commands read it.
export {
  openAblationData,
  openRecognitionData,
  openTrainingData,
  openUnlabelledData,
  type TrainingData,
  type UnlabelledData,
} from './datasets/data-folder.js';
export { openEvaluationFaces } from './datasets/evaluation-faces.js';
export { openSettingFaces, type SettingFacesOptions } from './datasets/setting-faces.js';
export {
  type IdentificationSetsOptions,
  type OpenedIdentificationSets,
  openIdentificationSets,
} from './datasets/identification-sets.js';
export { open300WTestSets, openTestData, type TestSet300W } from './datasets/test-sets-300w.js';

// Single datasets.
export { type Open300WOptions, open300W } from './datasets/landmarks-300w.js';
export { openYouTubeFaces } from './datasets/youtube-faces-landmarks.js';
export {
  type AnnotatedIdentificationSets,
  openYouTubeFacesIdentities,
  type YouTubeFacesIdentitiesOptions,
} from './datasets/youtube-faces-identities.js';
export { openMtfl } from './datasets/mtfl-faces.js';
export { openWiderFaces, type WiderFacesOptions } from './datasets/wider-faces.js';
export { openTinyFace } from './datasets/tiny-face.js';
export { type LowResolutionFacesOptions, openLowResolutionFaces } from './datasets/low-resolution-faces.js';
export { openAnnotatedFaces } from './datasets/annotated-faces.js';

// Photographed faces, shrunk and degraded as by a camera.
export { type BoxKind, type SmallFaceSetOptions, smallFaceSet } from './datasets/small-face-set.js';

// Runs, weights, charts and reports as files.
export { readWeights } from './runs/read-weights.js';
export { createRunFolder } from './runs/run-folder.js';
export { renderChart } from './report/render-chart.js';
export { type WriteReportOptions, writeReport } from './report/write-report.js';
