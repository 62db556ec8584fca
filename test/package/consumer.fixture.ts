import { detectLandmarksLR, type LandmarkDetection } from 'lowres-landmarks';
import { detectLandmarksLR as detectInNode } from 'lowres-landmarks/node';

const image = { data: new Uint8Array(3 * 24 * 24), width: 24, height: 24 };
const box = { x: 0, y: 0, width: 24, height: 24 };

const one: LandmarkDetection = await detectLandmarksLR(image, { boxes: box });
const many: LandmarkDetection[] = await detectLandmarksLR(image, { boxes: [box, box], points: 5 });
const file: LandmarkDetection = await detectInNode('face.jpg');
const names: string[] = [one, ...many, file].flatMap(({ points }) => points.map(({ name }) => name));

// @ts-expect-error a string is no image where there is no file system
await detectLandmarksLR('face.jpg');

// @ts-expect-error there is no scheme of 21 points
await detectLandmarksLR(image, { points: 21 });

console.log(names);
