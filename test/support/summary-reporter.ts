import { writeSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/**
 * Names every skipped test, and closes the run with `N passed, N failed, N skipped` on a line of its own. What prevents
 * tests from running (a file that does not load, an unhandled rejection) counts as a failure.
 */
export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const count = { passed: 0, failed: unhandledErrors.length, skipped: 0, pending: 0 };
    for (const module of modules) {
      count.failed += module.errors().length;
      for (const suite of module.children.allSuites()) count.failed += suite.errors().length;
      for (const test of module.children.allTests()) {
        const result = test.result();
        count[result.state]++;
        if (result.state === 'skipped') {
          console.log(
            `skipped: ${module.relativeModuleId} > ${test.fullName}${result.note ? ` (${result.note})` : ''}`,
          );
        }
      }
    }
    // Vitest's own reporter may still print (coverage, a slow exit): on exit we are last. stdout may be a pipe, so sync.
    const line = `${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`;
    process.once('exit', () => writeSync(1, line));
  }
}
