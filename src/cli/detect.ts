import { defineCommand } from 'citty';
import type { BackendName } from '../backends/use-backend.js';
import { runCommand } from './run-command.js';
import { type DetectorFactory, runDetect } from './run-detect.js';

const createDetector: DetectorFactory = async ({ backend, maxPixels, workers }) => {
  const { createLandmarkDetector } = await import('../detect/create-landmark-detector.js');
  return createLandmarkDetector({ backend: backend as BackendName, maxPixels, workers });
};

export default defineCommand({
  meta: { name: 'detect', description: 'Find the landmarks of faces in image files.' },
  args: {
    images: { type: 'positional', description: 'Image files, folders or glob patterns' },
    boxes: {
      type: 'string',
      valueHint: 'FILE',
      description: 'Face boxes, CSV (file,x,y,width,height) or JSON; without it each image is one face crop',
    },
    points: { type: 'string', valueHint: '68|19|5', description: 'Points per face (default 68)' },
    out: {
      type: 'string',
      valueHint: 'FILE',
      description:
        'Write results to a .json, .csv or .pts file, or to a folder/ of .pts files; without it a table is printed',
    },
    json: { type: 'boolean', description: 'Print results as JSON' },
    draw: { type: 'string', valueHint: 'DIR', description: 'Draw each image with its landmarks into this folder' },
    backend: {
      type: 'string',
      valueHint: 'NAME',
      description: 'auto, wasm, webgpu, cpu, node or node-gpu (default auto)',
    },
    'max-pixels': { type: 'string', valueHint: 'N', description: 'Refuse larger images (default 64000000)' },
    workers: {
      type: 'string',
      valueHint: 'N',
      description: 'Threads to spread many faces over, at most as many as cores (default 1)',
    },
  },
  run: ({ args }) =>
    runCommand((output, signal) =>
      runDetect({ ...args, images: args._, maxPixels: args['max-pixels'] }, output, signal, createDetector),
    ),
});
