// Backends that are loaded for their side effects, where they are installed: `npm ci` leaves them out.
declare module '@tensorflow/tfjs-backend-webgl';
declare module '@tensorflow/tfjs-backend-webgpu';
