import { activate } from '../api.ts';
import type { Context } from '../context.ts';
import { drained } from '../executions.ts';
import { type Load, post } from '../load.ts';
import type { Result } from '../result.ts';
import { median, sum } from '../statistics.ts';
import { setIfSet } from '../workflows.ts';

const CONNECTIONS = 50;
const SECONDS = 4;
const REPEATS = 3;

/** How many webhook calls are committed and answered, while the worker runs what was accepted. */
export async function accept(context: Context): Promise<Result[]> {
  const { api, url } = await context.shared();
  const hook = await activate(api, setIfSet());
  const loads: Load[] = [];
  for (let i = 0; i < REPEATS; i++) {
    loads.push(await post(hook.url, CONNECTIONS, { seconds: SECONDS }));
    await drained(url);
  }
  return [acceptResult('webhook accepted (committed), worker running', loads)];
}

/** Medians over the repeats. */
export function acceptResult(name: string, loads: readonly Load[]): Result {
  return {
    name,
    figures: [
      { label: '', value: median(loads.map((l) => l.perSecond)), unit: '/s', target: { atLeast: 5_000 } },
      { label: 'p50', value: median(loads.map((l) => l.p50)), unit: 'ms' },
      { label: 'p99', value: median(loads.map((l) => l.p99)), unit: 'ms', target: { atMost: 25 } },
      { label: 'errors', value: sum(loads.map((l) => l.errors)), unit: '', target: { atMost: 0 } },
    ],
    note: `${CONNECTIONS} connections, median of ${loads.length} × ${median(loads.map((l) => l.seconds)).toFixed(1)} s`,
  };
}
