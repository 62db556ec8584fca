// Does for Node what esbuild's `binary` loader does for the build: `import bytes from './x.wasm'` is a Uint8Array.
import { register } from 'node:module';

const hooks = `
export async function load(url, context, next) {
  if (!/[.](safetensors|wasm)$/.test(url)) return next(url, context);
  const bytes = 'new Uint8Array(readFileSync(new URL(' + JSON.stringify(url) + ')))';
  return { format: 'module', shortCircuit: true, source: "import { readFileSync } from 'node:fs'; export default " + bytes };
}`;

register(`data:text/javascript,${encodeURIComponent(hooks)}`);
