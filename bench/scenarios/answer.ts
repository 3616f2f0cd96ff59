import { activate } from '../api.ts';
import type { Context } from '../context.ts';
import { callAndWait } from '../load.ts';
import type { Result } from '../result.ts';
import { percentile } from '../statistics.ts';
import { chain, setIfSet, setNode } from '../workflows.ts';

const CALLS = 300;

/** A caller that waits for the result of the workflow, one call after the other. */
export async function answer(context: Context): Promise<Result[]> {
  const { api } = await context.shared();
  const one = await activate(api, chain('webhook → set', [setNode('set')]));
  const three = await activate(api, setIfSet('last-node'));
  const time = async (url: string) => {
    await callAndWait(url, 1, { calls: 50 });
    return (await callAndWait(url, 1, { calls: CALLS })).times;
  };
  return [
    answerResult('webhook answered with the result, one node', await time(one.url), 10),
    answerResult('webhook answered with the result, set → if → set', await time(three.url)),
  ];
}

const answerResult = (name: string, times: number[], p50AtMost?: number): Result => ({
  name,
  figures: [
    {
      label: 'p50',
      value: percentile(times, 50),
      unit: 'ms',
      ...(p50AtMost === undefined ? {} : { target: { atMost: p50AtMost } }),
    },
    { label: 'p95', value: percentile(times, 95), unit: 'ms' },
    { label: 'p99', value: percentile(times, 99), unit: 'ms' },
  ],
  note: `one connection, ${times.length} calls`,
});
