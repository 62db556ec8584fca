import { defineConfig } from 'vitest/config';
import { binaryFiles } from './test/support/binary-files-plugin.js';

export default defineConfig({
  plugins: [binaryFiles()],
  test: {
    reporters: ['default', './test/support/summary-reporter.ts'],
    testTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'library', include: ['test/**/*.test.ts'], exclude: ['test/package/**'] } },
      // Tests of the built and packed package: they need `npm run build`, and run in `npm run check`.
      { extends: true, test: { name: 'package', include: ['test/package/**/*.test.ts'], testTimeout: 180_000 } },
    ],
  },
});
