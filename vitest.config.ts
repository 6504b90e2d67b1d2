import { ClosingLineReporter } from '@holdfast/vitest-preset/reporter';
import { defineConfig } from 'vitest/config';

/** Real sockets and a real database on a busy two-core machine; ms. */
const TEST_TIMEOUT = 20_000;
/** As `expect.poll` waits for what comes by itself; a second of its own is less than such a machine may stand still; ms. */
const POLL_TIMEOUT = 10_000;
/** The walks through the booted product; ms. */
const WALK_TIMEOUT = 180_000;
/** The same for what a page shows after an answer of the server; ms. */
const PAGE_POLL_TIMEOUT = 60_000;
/** The first of a run installs and starts an event for all others; ms. */
const BOOT_TIMEOUT = 300_000;

export default defineConfig({
  test: {
    reporters: [process.env['CI'] === 'true' ? 'dot' : 'default', new ClosingLineReporter()],
    // A package that has no tests yet is no failure of the run.
    passWithNoTests: true,
    globalSetup: ['./packages/database/src/testing/global-setup.ts'],
    expect: { poll: { timeout: POLL_TIMEOUT } },
    projects: [
      {
        extends: true,
        test: {
          name: 'workspace',
          include: ['{apps,packages,tooling}/**/*.test.{ts,tsx,js}'],
          exclude: ['**/node_modules/**', '**/dist/**'],
          // Tests wait for the database more than they compute: a core for each but the last would leave one idle of two.
          maxWorkers: 2,
          testTimeout: TEST_TIMEOUT,
          hookTimeout: TEST_TIMEOUT * 2,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          globalSetup: ['./e2e/src/global-setup.ts'],
          include: ['e2e/**/*.test.ts'],
          exclude: ['**/node_modules/**'],
          testTimeout: WALK_TIMEOUT,
          hookTimeout: BOOT_TIMEOUT,
          expect: { poll: { timeout: PAGE_POLL_TIMEOUT, interval: 100 } },
          // Each file boots the whole product and then mostly waits for it; three at once would wait for each other.
          maxWorkers: 2,
          // After everything else, for the same reason.
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
