import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { lacksPackages } from '../support/installed.js';

const lacks = lacksPackages('scripts', 'assemblyscript');

describe.skipIf(lacks)(`the committed kernels${lacks ? ` (skipped: ${lacks})` : ''}`, () => {
  it('are what their sources compile to (if not: npm run build:kernels)', async () => {
    const { compileKernels, FOLDER } = await import('../../scripts/compile-kernels.js');
    const compiled = await compileKernels();
    expect(Object.keys(compiled)).toHaveLength(2);
    for (const [target, module] of Object.entries(compiled)) {
      expect(await readFile(join(FOLDER, `${target}.ts`), 'utf8')).toBe(module);
    }
  });
});
