import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { detectLandmarksLR, type ImageInput, type LandmarkDetection } from 'lowres-landmarks';

/** What the page answers: the detection from each kind of image, and what is left behind. */
export interface PageAnswer {
  detections: Record<string, LandmarkDetection>;
  backend: string;
  leakedTensors: number;
}

/** One face, given in each form that browsers have. */
async function images(url: string): Promise<Record<string, ImageInput>> {
  const img = new Image();
  img.src = url;
  await img.decode();
  const canvas = document.createElement('canvas');
  canvas.width = img.naturalWidth;
  canvas.height = img.naturalHeight;
  const context = canvas.getContext('2d')!;
  context.drawImage(img, 0, 0);
  const offscreen = new OffscreenCanvas(canvas.width, canvas.height);
  offscreen.getContext('2d')!.drawImage(img, 0, 0);
  return {
    img,
    canvas,
    OffscreenCanvas: offscreen,
    ImageData: context.getImageData(0, 0, canvas.width, canvas.height),
    ImageBitmap: await createImageBitmap(img),
  };
}

async function detectAll(url: string): Promise<PageAnswer> {
  setWasmPaths('/wasm/');
  const inputs = await images(url);
  await detectLandmarksLR(inputs.img!); // The default detector is made, with its weights, which stay.
  const before = tf.memory().numTensors;
  const detections: PageAnswer['detections'] = {};
  for (const [kind, image] of Object.entries(inputs)) detections[kind] = await detectLandmarksLR(image);
  return { detections, backend: tf.getBackend(), leakedTensors: tf.memory().numTensors - before };
}

Object.assign(globalThis, { detectAll });
