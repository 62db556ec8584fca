/**
 * `npm run build:kernels`: compiles src/backends/kernels/assembly to WebAssembly, once for plain and once for relaxed SIMD (asconfig.json),
 * and writes each as a module that exports its bytes. Such a module loads alike in Node, in every bundler and in tests.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import asc from 'assemblyscript/asc';

const TARGETS = ['simd', 'relaxed-simd'];
const FOLDER = resolve(import.meta.dirname, '../src/backends/kernels/wasm');

for (const target of TARGETS) {
  let binary: Uint8Array | undefined;
  const { error, stderr } = await asc.main(['--target', target], {
    writeFile: (_name, contents) => {
      binary = contents as Uint8Array;
    },
  });
  if (error || !binary) throw new Error(`The kernels do not compile for ${target}:\n${stderr}`, { cause: error });
  await mkdir(FOLDER, { recursive: true });
  await writeFile(resolve(FOLDER, `${target}.ts`), moduleOf(binary));
  console.log(`${target}: ${binary.length} bytes`);
}

function moduleOf(bytes: Uint8Array): string {
  const base64 = Buffer.from(bytes).toString('base64');
  return `/** Made by \`npm run build:kernels\`. */
export const bytes = Uint8Array.from(atob('${base64}'), (character) => character.charCodeAt(0));
`;
}
