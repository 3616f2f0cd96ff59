import { parentPort, workerData } from 'node:worker_threads';
import { finding, slowest } from './check.ts';
import { randomTemplate } from './mutate.ts';
import { Random } from './random.ts';
import { seedOf } from './seed.ts';

/** Templates from number `from` on; each number is said before it is tried, so that one that hangs or crashes is known. */
const { seed, from, beat } = workerData as { seed: number; from: number; beat: SharedArrayBuffer };
const current = new Int32Array(beat);

for (let n = from; ; n++) {
  Atomics.store(current, 0, n);
  const template = randomTemplate(new Random(seedOf(seed, n)));
  const before = slowest.ms;
  const problem = finding(template);
  if (slowest.ms > before) parentPort!.postMessage({ ms: slowest.ms });
  if (problem !== null) parentPort!.postMessage({ n, problem, template: template.slice(0, 2_000) });
}
