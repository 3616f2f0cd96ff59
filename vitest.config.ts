import { defineConfig } from 'vitest/config';

/** A test's place says what it needs: beside the file nothing; under tests/ a PostgreSQL; e2e/ is Playwright's. */
/** They say how long something may take, with processes and crashes in it. */
const TIMED = ['crash', 'executions', 'large-data', 'queue', 'waits'].map((name) => `tests/${name}.test.ts`);

const withDatabase = {
  globalSetup: 'tests/support/database-server.ts',
  testTimeout: 60_000,
  hookTimeout: 60_000,
  // it imports `next/server` as only bundlers find it
  server: { deps: { inline: ['next-auth'] } },
};

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
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...withDatabase,
          name: 'database',
          include: ['tests/*.test.ts'],
          exclude: ['tests/architecture.test.ts', ...TIMED],
          // each file has a database of its own; in one group with the unit tests, so that no core waits for the last of those
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...withDatabase,
          name: 'faults',
          include: ['tests/faults/*.test.ts', ...TIMED],
          // where faults are measured (`npm run test:faults`), what runs beside them would be part of the fault; else they have
          // bounds to keep, and spend most of their time waiting for a lease to end
          fileParallelism: process.env.FAULTS === undefined,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
