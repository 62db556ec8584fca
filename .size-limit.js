// What `import { detectLandmarksLR } from 'lowres-landmarks'` costs a web page, gzipped. The README publishes these figures.
const entry = { path: 'dist/index.js', import: '{ detectLandmarksLR }', gzip: true };

// Backends and kernels are loaded on request and weights at the first detection: all are chunks of their own.
const without = (...modules) => ({
  modifyEsbuildConfig: (config) => ({
    ...config,
    format: 'esm',
    external: [
      ...modules,
      '@tensorflow/tfjs-backend-*',
      '*/weights/heatmap-unet-68.js',
      '*/pooled-crop-landmarks.js',
      '*/wasm/simd.js',
      '*/wasm/relaxed-simd.js',
    ],
  }),
});

export default [
  { name: 'detection, our code', ...entry, ...without('@tensorflow/tfjs-core'), limit: '20 kB' },
  { name: 'detection, with tfjs-core', ...entry, ...without(), limit: '62 kB' },
  { name: 'SIMD kernels, loaded lazily', path: 'dist/backends/kernels/wasm/simd.js', brotli: false, limit: '64 kB' },
  { name: 'weights, loaded lazily', path: 'dist/weights/heatmap-unet-68.js', gzip: true, limit: '3 MB' },
];
