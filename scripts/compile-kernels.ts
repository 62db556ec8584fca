import { resolve } from 'node:path';
import asc from 'assemblyscript/asc';

/** Where the compiled kernels lie, one module for each of {@link compileKernels}' names. */
export const FOLDER = resolve(import.meta.dirname, '../src/backends/kernels/wasm');

/**
 * Compiles src/backends/kernels/assembly to WebAssembly, once for plain and once for relaxed SIMD (asconfig.json): by target, a module that
 * exports the bytes. Such a module loads alike in Node, in every bundler and in tests.
 */
export async function compileKernels(): Promise<Record<string, string>> {
  const modules: Record<string, string> = {};
  for (const target of ['simd', 'relaxed-simd']) modules[target] = moduleOf(await compile(target));
  return modules;
}

async function compile(target: string): Promise<Uint8Array> {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(['--target', target], {
    writeFile: (_name, contents) => {
      binary = contents as Uint8Array;
    },
  });
  if (error || !binary) throw new Error(`The kernels do not compile for ${target}:\n${stderr}`, { cause: error });
  return binary;
}

function moduleOf(bytes: Uint8Array): string {
  const base64 = Buffer.from(bytes).toString('base64');
  return `/** Made by \`npm run build:kernels\`. */
export const bytes = Uint8Array.from(atob('${base64}'), (character) => character.charCodeAt(0));
`;
}
