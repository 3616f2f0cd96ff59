import { startSink } from '../../tests/support/sink.ts';
import { activate, start } from '../api.ts';
import type { Context } from '../context.ts';
import { drained } from '../executions.ts';
import type { Result } from '../result.ts';
import { percentile } from '../statistics.ts';
import { chain, postNode, setNode } from '../workflows.ts';

const KILLS = 4;
const RUNNING = 10;

/** kill -9 of the worker while executions are in the middle of a call: until each goes on, as the called server sees it. */
export async function recovery(context: Context): Promise<Result[]> {
  const product = await context.shared();
  const sink = await startSink();
  const seconds: number[] = [];
  try {
    for (let kill = 0; kill < KILLS; kill++) {
      const path = `/kill-${kill}`;
      const release = sink.hold(path);
      const hook = await activate(
        product.api,
        chain(path, [postNode('call', sink.url + path), setNode('after')], 'immediately'),
      );
      for (let i = 0; i < RUNNING; i++) await start(hook);
      await sink.called(path, RUNNING);
      process.kill(product.process('worker').pid, 'SIGKILL');
      const killedAt = Date.now();
      release();
      await sink.called(path, 2 * RUNNING);
      const again = sink.calls.filter((call) => call.path === path).slice(RUNNING);
      seconds.push(...again.map((call) => (call.at - killedAt) / 1000));
      await drained(product.url);
    }
  } finally {
    await sink.close();
  }
  return [
    {
      name: 'kill -9 of the worker: interrupted executions go on after',
      figures: [
        { label: 'p50', value: percentile(seconds, 50), unit: 's' },
        { label: 'p95', value: percentile(seconds, 95), unit: 's', target: { atMost: 15 } },
        { label: 'longest', value: Math.max(...seconds), unit: 's', target: { atMost: 30 } },
      ],
      note: `${KILLS} kills, ${RUNNING} executions in a call each`,
    },
  ];
}
