import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { randomTemplate } from './fuzz/mutate.ts';
import { Random } from './fuzz/random.ts';
import { seedOf } from './fuzz/seed.ts';

// Random and hostile templates against the parser and the evaluator of expressions. Exit code 1 when something was found.
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: '1' },
    /** Only this one, to look at it. */
    number: { type: 'string' },
  },
});
const seed = Number(values.seed);

/** Nothing ends an evaluation but its own budget; more CPU time than this is a hang. */
const HANG_MS = 15_000;

if (values.number !== undefined) {
  const { finding } = await import('./fuzz/check.ts');
  const template = randomTemplate(new Random(seedOf(seed, Number(values.number))));
  process.stdout.write(`${template}\n${finding(template) ?? 'nothing found'}\n`);
} else {
  const until = Date.now() + Number(values.minutes) * 60_000;
  const found = await fuzz(until);
  process.exitCode = found > 0 ? 1 : 0;
}

async function fuzz(until: number): Promise<number> {
  let from = 0;
  let found = 0;
  let slowestMs = 0;
  const report = (n: number, problem: string, template: string) => {
    found++;
    process.stdout.write(`#${n} (seed ${seed}): ${problem}\n  ${JSON.stringify(template.slice(0, 500))}\n`);
  };
  while (Date.now() < until) {
    const beat = new SharedArrayBuffer(4);
    const current = new Int32Array(beat);
    current[0] = -1;
    const worker = new Worker(path.join(import.meta.dirname, 'fuzz/worker.ts'), {
      workerData: { seed, from, beat },
      resourceLimits: { maxOldGenerationSizeMb: 1_024 },
    });
    worker.on('message', (told: { ms: number } | { n: number; problem: string; template: string }) => {
      if ('ms' in told) slowestMs = Math.max(slowestMs, told.ms);
      else report(told.n, told.problem, told.template);
    });
    const crashed = new Promise<string>((resolve) =>
      worker.once('error', (error) => resolve(`the thread died: ${error.message}`)),
    );
    const ended = await Promise.race([crashed, watch(current, until)]);
    await worker.terminate();
    const n = Atomics.load(current, 0);
    if (ended !== null) report(n, ended, randomTemplate(new Random(seedOf(seed, n))));
    from = n + 1;
  }
  process.stdout.write(
    `${from} templates, ${found} findings, the slowest ${Math.round(slowestMs)} ms (seed ${seed}, ${values.minutes} minutes)\n`,
  );
  return found;
}

/** null when the time is over; a sentence when the thread has spent too much time on the same template. */
async function watch(current: Int32Array, until: number): Promise<string | null> {
  let last = -1;
  let since = process.cpuUsage();
  while (Date.now() < until) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    const n = Atomics.load(current, 0);
    if (n !== last) {
      last = n;
      since = process.cpuUsage();
    }
    const { user, system } = process.cpuUsage(since);
    if (n >= 0 && user + system > HANG_MS * 1_000) return `it did not end within ${HANG_MS / 1_000} s`;
  }
  return null;
}
