import { defineConfig } from 'vitest/config';
import { safetensors } from './test/support/safetensors-plugin.js';

export default defineConfig({
  plugins: [safetensors()],
  test: {
    reporters: ['default', './test/support/summary-reporter.ts'],
    testTimeout: 30_000,
    execArgv: ['--import', new URL('./scripts/tsx-in-threads.mjs', import.meta.url).href],
    setupFiles: ['./test/support/start-backend.ts'],
    projects: [
      { extends: true, test: { name: 'library', include: ['test/**/*.test.ts'], exclude: ['test/package/**'] } },
      // Tests of the built and packed package: they need `npm run build`, and run in `npm run check`.
      { extends: true, test: { name: 'package', include: ['test/package/**/*.test.ts'], testTimeout: 180_000 } },
    ],
  },
});
