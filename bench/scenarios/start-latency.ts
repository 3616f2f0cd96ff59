import { setTimeout as pause } from 'node:timers/promises';
import { type Api, activate, type Hook, start } from '../api.ts';
import type { Context } from '../context.ts';
import { drained, openExecutions, timesOf } from '../executions.ts';
import { post } from '../load.ts';
import type { Result } from '../result.ts';
import { percentile } from '../statistics.ts';
import { setIfSet } from '../workflows.ts';

const FLOOD = 10_000;
const CALLS_ALONE = 100;
const PAUSE_MS = 30;

/** Time from sending a call to the start of its execution: on an idle product, and while another tenant floods it. */
export async function startLatency(context: Context): Promise<Result[]> {
  const { api, url, createAccount } = await context.shared();
  const hook = await activate(api, setIfSet());
  const neighbour = await activate(await createAccount('neighbour'), setIfSet());
  const alone = await startDelays(api, url, hook, (calls) => calls < CALLS_ALONE);

  let flooding = true;
  const flood = post(neighbour.url, 50, { amount: FLOOD }, { ownThread: true }).then(async () => {
    // our own calls are open too for a moment: the flood is over when nearly nothing else is
    while ((await openExecutions(url)).all > 20) await pause(200);
    flooding = false;
  });
  const flooded = await startDelays(api, url, hook, () => flooding);
  await flood;

  const p95 = percentile(alone, 95);
  const p95Flooded = percentile(flooded, 95);
  return [
    {
      name: 'start latency, idle: call sent → execution starts',
      figures: [
        { label: 'p50', value: percentile(alone, 50), unit: 'ms' },
        { label: 'p95', value: p95, unit: 'ms', target: { atMost: 20 } },
        { label: 'p99', value: percentile(alone, 99), unit: 'ms' },
      ],
    },
    {
      name: `start latency while another workspace floods ${FLOOD.toLocaleString('en')} executions`,
      figures: [
        { label: 'p50', value: percentile(flooded, 50), unit: 'ms' },
        { label: 'p95', value: p95Flooded, unit: 'ms', target: { atMost: 5_000 } },
        { label: 'p95 against alone', value: p95Flooded / p95, unit: '×', target: { atMost: 2 } },
      ],
      note: `${flooded.length} calls, from the first call of the flood to its last execution`,
    },
  ];
}

async function startDelays(
  api: Api,
  url: string,
  hook: Hook,
  goesOn: (calls: number) => boolean,
): Promise<number[]> {
  const sent: { id: string; at: number }[] = [];
  while (goesOn(sent.length)) {
    const at = performance.timeOrigin + performance.now();
    sent.push({ id: await start(hook), at });
    await pause(PAUSE_MS);
  }
  await drained(url);
  const delays: number[] = [];
  for (const { id, at } of sent) delays.push((await timesOf(api, id)).startedAt - at);
  return delays;
}
