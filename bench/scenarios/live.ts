import { type Api, activate, start } from '../api.ts';
import type { Context } from '../context.ts';
import type { Result } from '../result.ts';
import { percentile } from '../statistics.ts';
import { setIfSet } from '../workflows.ts';

const EXECUTIONS = 60;
const READS = 100;

/** What somebody at the screen feels: how soon an event is seen, and how long a page's data takes. */
export async function live(context: Context): Promise<Result[]> {
  const { api } = await context.shared();
  const hook = await activate(api, setIfSet());
  const delays: number[] = [];
  let executionId = '';
  for (let i = 0; i < EXECUTIONS; i++) {
    executionId = await start(hook);
    delays.push(await lastEventDelay(api, executionId));
  }
  const reads: number[] = [];
  for (let i = 0; i < READS; i++)
    for (const route of ['/executions?limit=50', '/workflows', `/executions/${executionId}`]) {
      const began = performance.now();
      await api.get(route);
      reads.push(performance.now() - began);
    }
  return [
    spread('live latency, idle: event in the worker → seen by a listening client', delays),
    spread('API: lists of executions and workflows, one execution with its data', reads),
  ];
}

const spread = (name: string, times: number[]): Result => ({
  name,
  figures: [
    { label: 'p50', value: percentile(times, 50), unit: 'ms' },
    { label: 'p95', value: percentile(times, 95), unit: 'ms', target: { atMost: 50 } },
    { label: 'p99', value: percentile(times, 99), unit: 'ms' },
  ],
});

/** From the time of the last event, by the worker's clock, to its arrival on the event stream. */
async function lastEventDelay({ url, key }: Api, executionId: string): Promise<number> {
  const stream = await fetch(`${url}/api/v1/executions/${executionId}/events`, {
    headers: { authorization: `Bearer ${key}` },
  });
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of stream.body!) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    const end = [...text.matchAll(/^data: (.*execution\.completed.*)$/gm)].at(-1)?.[1];
    if (end) return performance.timeOrigin + performance.now() - (JSON.parse(end) as { at: number }).at;
  }
  throw new Error(`The stream of ${executionId} ended before its execution.`);
}
