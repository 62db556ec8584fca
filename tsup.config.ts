import type { Plugin } from 'esbuild';
import { globSync } from 'tinyglobby';
import { defineConfig } from 'tsup';

/**
 * One output file per source file: relative imports stay imports. A bundler then drops whole modules it does not need, so
 * that `import { detectLandmarksLR }` never sees tfjs-layers.
 *
 * Weights and the SIMD kernels are entries of their own, modules that export bytes, so that every bundler and Node can load them lazily
 * without fetch or fs. Weights lie beside src/ but inside dist/: the import that leaves src/ loses one `../`.
 */
const keepModules: Plugin = {
  name: 'keep-modules',
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\// }, ({ path, kind }) => {
      if (kind === 'entry-point') return undefined;
      const inDist = path.endsWith('.safetensors') ? path.replace('../', '') : path;
      return { path: inDist.replace(/\.(safetensors|wasm)$/, '.js'), external: true };
    });
  },
};

const modules = globSync(['src/**/*.ts', '!**/*.d.ts', '!src/backends/kernels/assembly']).map((file) => [
  file.slice('src/'.length, -'.ts'.length),
  file,
]);
const weights = globSync('weights/*.safetensors').map((file) => [file.slice(0, -'.safetensors'.length), file]);
const kernels = globSync('src/**/*.wasm').map((file) => [file.slice('src/'.length, -'.wasm'.length), file]);

export default defineConfig({
  entry: Object.fromEntries([...modules, ...weights, ...kernels]),
  dts: { entry: { index: 'src/index.ts', 'node/index': 'src/node/index.ts' } },
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  splitting: false,
  clean: true,
  silent: true,
  removeNodeProtocol: false,
  skipNodeModulesBundle: true,
  loader: { '.safetensors': 'binary', '.wasm': 'binary' },
  esbuildPlugins: [keepModules],
});
