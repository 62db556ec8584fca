/**
 * face-api's small network of 68 points (vladmandic's face-api, MIT; 0.08 MB of weights) for `lowres-landmarks compare`.
 *
 *     npx tsx dist/cli/main.js compare --data DATA --out RUN --predictor examples/peers/face-api-68-tiny.ts
 *
 * Its crop is the best of those tried on Helen's training faces, as `face-api-68.ts` says: at margin 1.3 and 0.06 the NRMSE is 3.11,
 * 3.70, 5.33 and 9.64 % at the native size, 32, 20 and 14 pixels.
 */
import { FaceApiLandmarks } from './face-api-landmarks.js';

export default (): Promise<FaceApiLandmarks> =>
  FaceApiLandmarks.load('face-api 68 tiny', 'FaceLandmark68TinyNet', { margin: 1.3, down: 0.06 });
