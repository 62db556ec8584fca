import { relative } from 'node:path';
import { beforeAll, expect } from 'vitest';

/** Tests of these folders compute with tensors: they find the WebAssembly backend started. The others never load tfjs for nothing. */
const FOLDERS =
  /^test\/(networks|losses|detect|recognition|training-loop|training|evaluation|experiments|node\/runs|cli)\//;

beforeAll(async () => {
  const path = relative(process.cwd(), expect.getState().testPath ?? '').replaceAll('\\', '/');
  if (!FOLDERS.test(path)) return;
  const { useWasm } = await import('./tensors.js');
  await useWasm();
});
