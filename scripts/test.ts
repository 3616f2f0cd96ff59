import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from './build.ts';
import { bin, node, root, step } from './steps.ts';

/** `npm test`: everything CI checks. Ends with a line that counts the tests. */
const reports = mkdtempSync(path.join(tmpdir(), 'linkflow-reports-'));
const began = performance.now();
build({ webApp: false });
const vitestReport = path.join(reports, 'vitest.json');
const playwrightReport = path.join(reports, 'playwright.json');
const results = [
  ...(await Promise.all([
    step('lint', bin('biome'), ['check', '.', '--diagnostic-level=error']),
    step('types', bin('tsc'), ['-p', '.']),
  ])),
  await node(
    'unit, architecture and database tests',
    'node_modules/vitest/vitest.mjs',
    ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${vitestReport}`],
    // each of 300 files has a process of its own: what one has compiled the others need not compile again
    { NODE_COMPILE_CACHE: path.join(reports, 'compiled') },
  ),
];
build();
results.push(
  await node(
    'browser tests',
    'node_modules/@playwright/test/cli.js',
    ['test', '--config', 'e2e/playwright.config.ts'],
    {
      PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport,
    },
  ),
);

interface VitestReport {
  numPassedTests: number;
  numFailedTests: number;
}
interface PlaywrightReport {
  stats: { expected: number; unexpected: number; flaky: number };
}
const read = <T>(file: string, fallback: T): T => {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    return fallback; // the runner did not get far enough to report; its step has failed already
  }
};
const vitest = read<VitestReport>(vitestReport, { numPassedTests: 0, numFailedTests: 1 });
const { stats } = read<PlaywrightReport>(playwrightReport, {
  stats: { expected: 0, unexpected: 1, flaky: 0 },
});
rmSync(reports, { recursive: true, force: true });
console.log(`\n${path.basename(root)} checked in ${((performance.now() - began) / 1000).toFixed(0)} s`);
console.log(
  `${vitest.numPassedTests + stats.expected} passed, ${vitest.numFailedTests + stats.unexpected + stats.flaky} failed`,
);
process.exit(results.every(Boolean) ? 0 : 1);
