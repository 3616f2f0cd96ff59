import { defineConfig } from 'vitest/config';

/** A test's place says what it needs: beside the file nothing; under tests/ a PostgreSQL; e2e/ is Playwright's. */
export default defineConfig({
  test: {
    coverage: {
      provider: 'v8',
      include: ['engine/**/*.ts'],
      exclude: ['engine/testing.ts', 'engine/expression/test-scope.ts'],
      reporter: ['text'],
      reportsDirectory: 'test-results/coverage',
      reportOnFailure: true,
      thresholds: { lines: 95 },
    },
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{engine,nodes,lib,server,worker,components,cli,scripts}/**/*.test.{ts,tsx}',
            'tests/architecture.test.ts',
          ],
          testTimeout: 20_000,
        },
      },
      {
        test: {
          name: 'database',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/architecture.test.ts'],
          fileParallelism: false, // faults are timed; what runs beside them would be part of the fault
          globalSetup: 'tests/support/database-server.ts',
          // it imports `next/server` as only bundlers find it
          server: { deps: { inline: ['next-auth'] } },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
