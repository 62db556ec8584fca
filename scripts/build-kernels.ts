/** `npm run build:kernels`, after a change in src/backends/kernels/assembly: what it writes is committed, and a test compares it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compileKernels, FOLDER } from './compile-kernels.js';

await mkdir(FOLDER, { recursive: true });
for (const [target, module] of Object.entries(await compileKernels())) {
  await writeFile(join(FOLDER, `${target}.ts`), module);
  console.log(`${target}: ${module.length} bytes`);
}
