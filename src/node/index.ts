/**
 * What needs a file system: image files, datasets on disk, run folders, pictures. Everything else comes from `lowres-landmarks`.
 *
 * @module
 */

// Pictures
export { contactSheet } from './contact-sheet.js';
// Detection in image files
export { detectLandmarksLR, type NodeImageInput } from './detect-landmarks-lr.js';
export { drawDegradations } from './draw-degradations.js';
export { type DrawLandmarksOptions, drawLandmarks } from './draw-landmarks.js';
// Data and runs
export { Landmarks300W } from './landmarks-300w.js';
export { LowResolutionFaces } from './low-resolution-faces.js';
export { networkFile } from './network-file.js';
export { type ImageSource, type ReadImageOptions, readImage } from './read-image.js';
export { createRunFolder } from './run-folder.js';
export { openTestData, openTrainingData, type TrainingData } from './training-data.js';
export { openUnlabelledData, type UnlabelledData } from './unlabelled-data.js';
export { WiderFaces, type WiderFacesOptions } from './wider-faces.js';
export { encodePng } from './write-png.js';
export { YouTubeFacesLandmarks } from './youtube-faces-landmarks.js';
