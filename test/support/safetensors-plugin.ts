import type { Plugin } from 'vitest/config';

/** Does for vitest what esbuild's `binary` loader does for the build: `import bytes from './x.safetensors'` is a Uint8Array. */
export function safetensors(): Plugin {
  return {
    name: 'safetensors',
    enforce: 'pre',
    load(id) {
      if (!id.endsWith('.safetensors')) return null;
      return `import { readFileSync } from 'node:fs';\nexport default new Uint8Array(readFileSync(${JSON.stringify(id)}));`;
    },
  };
}
