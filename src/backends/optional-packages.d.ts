// Loaded for their side effects, and only where they are installed: `npm ci` does not install them.
declare module '@tensorflow/tfjs-backend-webgl';
declare module '@tensorflow/tfjs-backend-webgpu';
