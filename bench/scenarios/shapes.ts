import { startAnswering } from '../answering.ts';
import { activate } from '../api.ts';
import type { Context } from '../context.ts';
import { callAndWait } from '../load.ts';
import type { Product } from '../product.ts';
import type { Result } from '../result.ts';
import { percentile } from '../statistics.ts';
import { chain, codeNode, getNode, setNode } from '../workflows.ts';

const CALLS_ALONE = 150;
const AT_ONCE = 20;
const SECONDS = 4;

/** Whole executions of typical workflows: how long one takes, and how many end with twenty callers. */
export async function shapes(context: Context): Promise<Result[]> {
  const product = await context.shared();
  const sink = await startAnswering(0);
  const hundred = 'return Array.from({ length: 100 }, (_, n) => ({ json: { n, double: n * 2 } }));';
  const each = 'return $input.all().map(({ json }) => ({ json: { ...json, sum: json.n + json.double } }));';
  try {
    return [
      await measure(product, 'three pure nodes', [setNode('a'), setNode('b'), setNode('c')]),
      await measure(product, 'code over 100 items', [codeNode('make', hundred), codeNode('each', each)]),
      await measure(product, 'one HTTP call', [getNode('call', sink.url)]),
      await measure(
        product,
        'ten nodes',
        Array.from({ length: 10 }, (_, i) => setNode(`n${i}`)),
      ),
    ];
  } finally {
    await sink.close();
  }
}

async function measure({ api }: Product, name: string, nodes: Parameters<typeof chain>[1]): Promise<Result> {
  const { url } = await activate(api, chain(name, nodes));
  await callAndWait(url, 4, { calls: 100 }); // warm
  const alone = await callAndWait(url, 1, { calls: CALLS_ALONE });
  const together = await callAndWait(url, AT_ONCE, { seconds: SECONDS });
  return {
    name: `webhook → ${name}, answered with the result`,
    figures: [
      { label: 'p50', value: percentile(alone.times, 50), unit: 'ms' },
      { label: 'p95', value: percentile(alone.times, 95), unit: 'ms' },
      { label: `${AT_ONCE} at once`, value: together.perSecond, unit: '/s' },
      { label: `p95 of ${AT_ONCE} at once`, value: percentile(together.times, 95), unit: 'ms' },
    ],
  };
}
