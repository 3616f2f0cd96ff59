import { node } from './steps.ts';

/**
 * `npm run test:properties [-- RUNS]`: the property tests of the engine with many more cases than `npm test` takes. A
 * failure prints its seed; PROPERTY_SEED repeats it.
 */
const runs = process.argv[2] ?? '10000';
const passed = await node(
  `properties, ${runs} cases each`,
  'node_modules/vitest/vitest.mjs',
  ['run', '--project', 'unit', '.property.test', '--testTimeout', '3600000'],
  { PROPERTY_RUNS: runs },
);
process.exit(passed ? 0 : 1);
