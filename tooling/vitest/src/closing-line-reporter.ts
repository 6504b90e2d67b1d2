import type { Reporter, SerializedError, TestModule } from 'vitest/node';

/**
 * Ends the run's output with `N passed, N failed` alone on a line (and `, N skipped` if some
 * were), the one line that scripts read. Must be the last reporter in the list.
 */
export class ClosingLineReporter implements Reporter {
  onTestRunEnd(
    testModules: ReadonlyArray<TestModule>,
    unhandledErrors: ReadonlyArray<SerializedError>,
  ): void {
    process.stdout.write(`${closingLine(testModules, unhandledErrors.length)}\n`);
  }
}

/**
 * A file that could not be loaded or a hook that broke counts as a failure of its own, as does an
 * error nobody caught: none of them may end in a line that says `0 failed`.
 */
function closingLine(testModules: ReadonlyArray<TestModule>, unhandledErrors: number): string {
  const count = { passed: 0, failed: unhandledErrors, skipped: 0, pending: 0 };
  for (const module of testModules) {
    let failures = 0;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      count[state] += 1;
      if (state === 'failed') failures += 1;
    }
    if (module.state() === 'failed' && failures === 0) count.failed += 1;
  }
  // A test left pending was never run: the run was cut off.
  const skipped = count.skipped + count.pending;
  return `${count.passed} passed, ${count.failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
