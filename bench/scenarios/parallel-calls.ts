import { startAnswering } from '../answering.ts';
import { activate } from '../api.ts';
import type { Context } from '../context.ts';
import { callAndWait } from '../load.ts';
import type { Result } from '../result.ts';
import { median } from '../statistics.ts';
import { parallelCalls } from '../workflows.ts';

const CALLS = 50;
const ANSWER_MS = 100;
const REPEATS = 10;

/** One execution that calls 50 slow services at the same time, against the same in sequential order. */
export async function parallel(context: Context): Promise<Result[]> {
  const { api } = await context.shared();
  const sink = await startAnswering(ANSWER_MS);
  try {
    const together = await activate(api, parallelCalls(sink.url, CALLS, 'parallel'));
    const inTurn = await activate(api, parallelCalls(sink.url, CALLS, 'sequential'));
    await callAndWait(together.url, 1, { calls: 2 }); // warm
    const fast = median((await callAndWait(together.url, 1, { calls: REPEATS })).times) / 1000;
    const slow = median((await callAndWait(inTurn.url, 1, { calls: 1 })).times) / 1000;
    return [
      {
        name: `${CALLS} calls of ${ANSWER_MS} ms in one execution`,
        figures: [
          { label: 'in parallel', value: fast, unit: 's', target: { atMost: 0.25 } },
          { label: 'one after another', value: slow, unit: 's' },
          { label: 'faster', value: slow / fast, unit: '×' },
        ],
        note: `whole execution until its answer, median of ${REPEATS}`,
      },
    ];
  } finally {
    await sink.close();
  }
}
