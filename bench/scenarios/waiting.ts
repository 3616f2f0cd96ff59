import { setTimeout as pause } from 'node:timers/promises';
import { activate } from '../api.ts';
import { type Context, warm } from '../context.ts';
import { untilOpen } from '../executions.ts';
import { callAndWait, post } from '../load.ts';
import type { Result } from '../result.ts';
import { median } from '../statistics.ts';
import { chain, node, setNode } from '../workflows.ts';

const WAITING = 10_000;
const SETTLE_MS = 3_000;

/** Executions that wait for an hour, all at once: what they cost, and whether they are in anybody's way. */
export async function waiting(context: Context): Promise<Result[]> {
  const product = await context.fresh();
  await warm(product);
  const other = await activate(product.api, chain('webhook → set', [setNode('set')]));
  const answerMs = async () => median((await callAndWait(other.url, 1, { calls: 50 })).times);
  const before = await answerMs();
  const hour = node('wait', 'wait', { mode: 'duration', amount: 1, unit: 'hours' }, 200);
  const hook = await activate(product.api, chain('wait an hour', [hour, setNode('after')], 'immediately'));
  await post(hook.url, 50, { amount: WAITING });
  await untilOpen(product.url, ({ byStatus }) => (byStatus.waiting ?? 0) >= WAITING);
  const after = await answerMs();
  await pause(SETTLE_MS);
  return [
    {
      name: `${WAITING.toLocaleString('en')} executions waiting at once`,
      figures: [
        { label: 'worker RSS', value: product.process('worker').rssMb, unit: 'MB', target: { atMost: 300 } },
        { label: 'web RSS', value: product.process('web').rssMb, unit: 'MB' },
        { label: 'another execution p50', value: after, unit: 'ms' },
        { label: 'and before there were any', value: before, unit: 'ms' },
      ],
    },
  ];
}
