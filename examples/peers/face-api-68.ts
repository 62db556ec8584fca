/**
 * face-api's network of 68 points (vladmandic's face-api, MIT; 0.35 MB of weights) for `lowres-landmarks compare`.
 *
 *     npx tsx dist/cli/main.js compare --data DATA --out RUN --predictor examples/peers/face-api-68.ts
 *
 * Its crop is the best of those tried on 97 of Helen's training faces (mean NRMSE at the native size, 32, 20 and 14 pixels): margins 1.2,
 * 1.3 and 1.4, each moved down by 0.06, 0.09, 0.12 and 0.15 of its side; before that, more coarsely, margins from 0.9 and from 0.1 up. At
 * margin 1.2 and 0.09 the NRMSE is 2.77, 3.20, 4.13 and 7.88 %; at margin 1 and 0, the box itself, 3.16, 3.78, 5.55 and 12.76 %.
 */
import { FaceApiLandmarks } from './face-api-landmarks.js';

export default (): Promise<FaceApiLandmarks> =>
  FaceApiLandmarks.load('face-api 68', 'FaceLandmark68Net', { margin: 1.2, down: 0.09 });
