import { setTimeout as pause } from 'node:timers/promises';
import { activate } from '../api.ts';
import { type Context, warm } from '../context.ts';
import { drained, openExecutions } from '../executions.ts';
import { type Load, post } from '../load.ts';
import type { ApartProduct } from '../product.ts';
import type { Result } from '../result.ts';
import { median } from '../statistics.ts';
import { setIfSet } from '../workflows.ts';
import { acceptResult } from './accept.ts';

const CONNECTIONS = 50;
const EXECUTIONS = 12_000;
const REPEATS = 3;
const LOOK_EVERY_MS = 20;

/** How many calls a web process accepts alone, and how fast a worker that starts afterwards drains what they left. */
export async function backlog(context: Context): Promise<Result[]> {
  const product = await context.apart();
  await product.startWorker();
  await warm(product);
  const hook = await activate(product.api, setIfSet());
  const loads: Load[] = [];
  const rates: number[] = [];
  for (let i = 0; i < REPEATS; i++) {
    await product.stopWorker();
    loads.push(await post(hook.url, CONNECTIONS, { amount: EXECUTIONS }));
    const starting = product.startWorker();
    rates.push(await drainRate(product));
    await starting;
  }
  return [
    acceptResult('webhook accepted (committed), no worker running', loads),
    {
      name: 'backlog drained by one worker that has just started',
      figures: [{ label: '', value: median(rates), unit: '/s', target: { atLeast: 2_000 } }],
      note: `median of ${REPEATS} × ${EXECUTIONS.toLocaleString('en')}, from the worker's first execution to its last`,
    },
  ];
}

async function drainRate({ url }: ApartProduct): Promise<number> {
  const { all: count } = await openExecutions(url);
  let open = count;
  let began = performance.now();
  while (open === count) {
    await pause(LOOK_EVERY_MS);
    began = performance.now();
    open = (await openExecutions(url)).all;
  }
  await drained(url);
  return count / ((performance.now() - began) / 1000);
}
