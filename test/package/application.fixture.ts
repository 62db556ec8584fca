import {
  alignFace,
  createLandmarkDetector,
  detectLandmarksLR,
  isLowResLandmarksError,
  type LandmarkDetection,
  useBackend,
} from 'lowres-landmarks';

const image = { data: new Uint8Array(3 * 24 * 24), width: 24, height: 24 };
const box = { x: 0, y: 0, width: 24, height: 24 };

const backend: string = await useBackend('wasm');
const one: LandmarkDetection = await detectLandmarksLR(image, { boxes: box });
const many: LandmarkDetection[] = await detectLandmarksLR(image, { boxes: [box, box], points: 5 });
const names: string[] = [one, ...many].flatMap(({ points }) => points.map(({ name }) => name));

using detector = await createLandmarkDetector();
const [faces]: LandmarkDetection[][] = await detector.detectBatch([{ image, boxes: [box] }]);
const { width }: { width: number } = await alignFace(image, many[0]!.points, 112);

// @ts-expect-error a string is no image where there is no file system
await detectLandmarksLR('face.jpg').catch((error: unknown) => isLowResLandmarksError(error));

// @ts-expect-error there is no scheme of 21 points
await detectLandmarksLR(image, { points: 21 });

console.log(backend, names, faces, width);
