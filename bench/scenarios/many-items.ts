import { activate } from '../api.ts';
import type { Context } from '../context.ts';
import { lastTimes } from '../executions.ts';
import { callAndWait } from '../load.ts';
import { resetPeak } from '../processes.ts';
import type { Product } from '../product.ts';
import type { Figure, Result } from '../result.ts';
import { median } from '../statistics.ts';
import { manyItems } from '../workflows.ts';

const REPEATS = 3;

/** Many items through one execution: code makes them → set → filter → aggregate. */
export async function items(context: Context): Promise<Result[]> {
  const product = await context.fresh();
  return [
    await measure(product, 10_000),
    await measure(product, 100_000, { seconds: { atMost: 2 }, memory: { atMost: 500 } }),
  ];
}

async function measure(
  product: Product,
  count: number,
  targets: { seconds?: Figure['target']; memory?: Figure['target'] } = {},
): Promise<Result> {
  const { url, workflowId } = await activate(product.api, manyItems(count));
  await callAndWait(url, 1, { calls: 1 }); // warm
  resetPeak(product.process('worker').pid);
  const { times } = await callAndWait(url, 1, { calls: REPEATS });
  const runs = await lastTimes(product.api, workflowId, REPEATS);
  return {
    name: `${count.toLocaleString('en')} items: code → set → filter → aggregate`,
    figures: [
      { label: 'until the answer', value: median(times) / 1000, unit: 's', target: targets.seconds },
      {
        label: 'start to end',
        value: median(runs.map((t) => t.finishedAt - t.startedAt)) / 1000,
        unit: 's',
      },
      {
        label: 'worker peak RSS',
        value: product.process('worker').peakRssMb,
        unit: 'MB',
        target: targets.memory,
      },
    ],
    note: `median of ${REPEATS}`,
  };
}
