import type { Plugin } from 'esbuild';
import { globSync } from 'tinyglobby';
import { defineConfig } from 'tsup';

/**
 * One output file per source file: relative imports stay imports. A bundler then drops whole modules it does not need, so
 * that `import { detectLandmarksLR }` never sees tfjs-layers.
 *
 * Types come from `tsc --project tsconfig.build.json`, a declaration beside each file, so that the types of an entry import no
 * package that the entry itself does without.
 *
 * Weights are entries of their own, modules that export bytes, so that every bundler and Node can load them lazily without
 * fetch or fs. They lie beside src/ but inside dist/: the import that leaves src/ loses one `../`.
 */
const keepModules: Plugin = {
  name: 'keep-modules',
  setup(build) {
    build.onResolve({ filter: /^\.{1,2}\// }, ({ path, kind }) => {
      if (kind === 'entry-point') return undefined;
      const weights = path.endsWith('.safetensors');
      return { path: weights ? path.replace('../', '').replace('.safetensors', '.js') : path, external: true };
    });
  },
};

const modules = globSync(['src/**/*.ts', '!**/*.d.ts', '!src/backends/kernels/assembly']).map((file) => [
  file.slice('src/'.length, -'.ts'.length),
  file,
]);
const weights = globSync('weights/*.safetensors').map((file) => [file.slice(0, -'.safetensors'.length), file]);

export default defineConfig({
  entry: Object.fromEntries([...modules, ...weights]),
  format: 'esm',
  target: 'es2022',
  platform: 'neutral',
  splitting: false,
  clean: true,
  silent: true,
  removeNodeProtocol: false,
  skipNodeModulesBundle: true,
  loader: { '.safetensors': 'binary' },
  esbuildPlugins: [keepModules],
});
