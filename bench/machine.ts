import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { readProcesses } from './processes.ts';
import { percentile, sum } from './statistics.ts';

/**
 * Watches how much of the machine (0 to 1, of all cores) went to processes that are neither the product nor its load: with
 * much of that, the figures measured meanwhile are worth little. The returned function ends the watch.
 */
export function watchOthers(): () => number {
  const before = read();
  return () => {
    const after = read();
    const others = after.busyMs - before.busyMs - (after.oursMs - before.oursMs);
    return Math.max(0, others / ((after.at - before.at) * cpus().length));
  };
}

function read() {
  const [, user, nice, system, , , irq, softirq] = readFileSync('/proc/stat', 'utf8')
    .split('\n', 1)[0]!
    .split(/\s+/)
    .map(Number);
  return {
    at: performance.now(),
    busyMs: (user! + nice! + system! + irq! + softirq!) * 10,
    // everything that is measured was started by this process, and what has ended counts in its parent
    oursMs: sum(readProcesses([process.pid]).map((p) => p.cpuMs)),
  };
}

const ROUNDS = 15;

/**
 * How long a fixed piece of work of the kind that a workflow makes takes on this machine at this time: ms, the median of
 * some rounds. Shared machines are not equally fast all day, so figures compare only beside it.
 */
export function yardstickMs(): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    const byKey = new Map<string, unknown>();
    for (let i = 0; i < 20_000; i++)
      byKey.set(`key ${(i * 7919) % 100_003}`, { id: i, name: `Order ${i}`, tags: ['a', 'b'], price: i / 3 });
    const copy = JSON.parse(JSON.stringify([...byKey])) as unknown[];
    if (copy.length !== byKey.size) throw new Error('The machine cannot count.');
    return performance.now() - began;
  });
  return percentile(times.slice(ROUNDS / 3), 50); // the first ones warm up
}
