import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from '../scripts/build.ts';
import { createContext } from './context.ts';
import { watchOthers, yardstickMs } from './machine.ts';
import { forgetDatabase } from './product.ts';
import { profile } from './profile.ts';
import { isReached, type Result, showFigure } from './result.ts';
import { SCENARIOS } from './scenarios.ts';
import { profileStatements } from './statements.ts';

/** When more of the machine than this went to other programs, the figures are doubtful. */
const MUCH = 0.1;

/**
 * `npm run bench [-- <scenario>…]`: starts the product as `npm start` does, loads it from this same machine, prints a
 * table and writes results.json. `-- --profile worker` (or `web`, `postgres`) says instead where that process spends its time.
 */
const { values, positionals } = parseArgs({
  options: { profile: { type: 'string' } },
  allowPositionals: true,
});
const unknown = positionals.filter((name) => !(name in SCENARIOS));
if (unknown.length > 0)
  throw new Error(`No scenario “${unknown.join(', ')}”. There are: ${Object.keys(SCENARIOS).join(', ')}.`);

forgetDatabase();
build();
if (values.profile === 'postgres') await profileStatements();
else if (values.profile) await profile(values.profile);
else await measure(positionals);

interface Measured extends Result {
  scenario: string;
  /** Share of the machine that went elsewhere meanwhile. */
  othersBusy: number;
}
async function measure(wanted: readonly string[]): Promise<void> {
  const context = createContext();
  const began = performance.now();
  const machineMs = yardstickMs();
  console.log(`machine: ${machineMs.toFixed(0)} ms for the fixed piece of work`);
  const results: Measured[] = [];
  try {
    for (const [scenario, run] of Object.entries(SCENARIOS)) {
      if (wanted.length > 0 && !wanted.includes(scenario)) continue;
      const othersBusy = watchOthers();
      const found = await run(context);
      const others = othersBusy();
      for (const result of found) {
        results.push({ scenario, othersBusy: others, ...result });
        print(result);
      }
      if (others > MUCH)
        console.log(`  ! other programs took ${(others * 100).toFixed(0)} % of this machine meanwhile`);
    }
  } finally {
    await context.stop();
  }
  const figures = results.flatMap((r) => r.figures).filter((f) => f.target);
  const missed = figures.filter((f) => !isReached(f)).length;
  console.log(`\n${figures.length - missed} targets reached, ${missed} missed`);
  console.log(`measured in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  if (wanted.length === 0) save(results, machineMs);
}

function print({ name, figures, note }: Result): void {
  console.log(`\n${name}${note ? ` (${note})` : ''}`);
  for (const figure of figures) console.log(`  ${showFigure(figure)}`);
}

/** Only a run of all scenarios is a result to keep. */
function save(results: readonly Measured[], machineMs: number): void {
  const kept = results.map(({ figures, othersBusy, ...rest }) => ({
    ...rest,
    othersBusy: Number(othersBusy.toFixed(2)),
    figures: figures.map((figure) => {
      const reached = isReached(figure);
      return {
        ...figure,
        value: Number(figure.value.toPrecision(4)),
        ...(reached === null ? {} : { reached }),
      };
    }),
  }));
  writeFileSync(
    path.join(import.meta.dirname, 'results.json'),
    `${JSON.stringify({ at: new Date().toISOString(), node: process.version, machineMs: Number(machineMs.toPrecision(3)), results: kept }, null, 2)}\n`,
  );
}
