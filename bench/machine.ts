import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { readProcesses } from './processes.ts';
import { sum } from './statistics.ts';

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
