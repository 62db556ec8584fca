// What a web page pays for each entry, minified and gzipped. The README publishes the figures of detection.
const tfjs = ['@tensorflow/tfjs-core', '@tensorflow/tfjs-layers'];

// Backends and kernels are loaded on request and weights at the first detection: all are chunks of their own.
const without = (...modules) => ({
  gzip: true,
  modifyEsbuildConfig: (config) => ({
    ...config,
    format: 'esm',
    external: [
      ...modules,
      '@tensorflow/tfjs-backend-*',
      '*/weights/heatmap-unet-68.js',
      '*/weights/high-to-low-generator.js',
      '*/pooled-crop-landmarks.js',
      '*/wasm/simd.js',
      '*/wasm/relaxed-simd.js',
    ],
  }),
});

const detection = { path: 'dist/index.js', import: '{ detectLandmarksLR }' };

export default [
  { name: 'detection, our code', ...detection, ...without('@tensorflow/tfjs-core'), limit: '21 kB' },
  { name: 'detection, with tfjs-core', ...detection, ...without(), limit: '63 kB' },
  { name: "all of '.', our code", path: 'dist/index.js', ...without(...tfjs), limit: '27 kB' },
  { name: "all of './training', our code", path: 'dist/training.js', ...without(...tfjs), limit: '46 kB' },
  { name: "all of './evaluation', our code", path: 'dist/evaluation.js', ...without(...tfjs), limit: '85 kB' },
  { name: 'SIMD kernels, loaded lazily', path: 'dist/backends/kernels/wasm/simd.js', gzip: true, limit: '9 kB' },
  { name: 'weights, loaded lazily', path: 'dist/weights/heatmap-unet-68.js', gzip: true, limit: '3 MB' },
];
