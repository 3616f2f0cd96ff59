import { activate } from '../api.ts';
import type { Context } from '../context.ts';
import { drained, openExecutions } from '../executions.ts';
import { post } from '../load.ts';
import type { Result } from '../result.ts';
import { median } from '../statistics.ts';
import { setIfSet } from '../workflows.ts';

const CONNECTIONS = 50;
const SECONDS = 5;
const REPEATS = 3;

/** How many executions end while callers post as fast as they are answered. */
export async function endToEnd(context: Context): Promise<Result[]> {
  const { api, url } = await context.shared();
  const hook = await activate(api, setIfSet());
  const whileAccepting: number[] = [];
  const inAll: number[] = [];
  for (let i = 0; i < REPEATS; i++) {
    const began = performance.now();
    const { accepted } = await post(hook.url, CONNECTIONS, { seconds: SECONDS });
    const { all: open } = await openExecutions(url);
    whileAccepting.push((accepted - open) / ((performance.now() - began) / 1000));
    await drained(url);
    inAll.push(accepted / ((performance.now() - began) / 1000));
  }
  return [
    {
      name: 'executions completed (webhook → set → if → set)',
      figures: [
        { label: 'while accepting', value: median(whileAccepting), unit: '/s', target: { atLeast: 1_000 } },
        { label: 'accepting and after, until none is open', value: median(inAll), unit: '/s' },
      ],
      note: `${CONNECTIONS} connections as fast as they are answered, median of ${REPEATS} × ${SECONDS} s`,
    },
  ];
}
