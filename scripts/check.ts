import { build } from './build.ts';
import { bin, node, step } from './steps.ts';

/** `npm run check`: what can be known without a database or a browser, in under a minute. */
build({ webApp: false });
const passed = [
  await step('lint', bin('biome'), ['check', '.', '--diagnostic-level=error']),
  await step('types', bin('tsc'), ['-p', '.']),
  await node('unit tests and architecture', 'node_modules/vitest/vitest.mjs', ['run', '--project', 'unit']),
];
process.exit(passed.every(Boolean) ? 0 : 1);
