import { setTimeout as pause } from 'node:timers/promises';
import { activate } from '../api.ts';
import type { Context } from '../context.ts';
import { drained } from '../executions.ts';
import { post } from '../load.ts';
import { byRole } from '../processes.ts';
import type { Product } from '../product.ts';
import type { Result } from '../result.ts';
import { sum } from '../statistics.ts';
import { setIfSet } from '../workflows.ts';

const SETTLE_MS = 3_000;
const LOAD = 20_000;

/** Memory of all processes, soon after the start and after a load. */
export async function memory(context: Context): Promise<Result[]> {
  const product = await context.fresh();
  await pause(SETTLE_MS);
  const atStart = memoryResult('memory (PSS) after the start', product);
  const hook = await activate(product.api, setIfSet());
  await post(hook.url, 50, { amount: LOAD });
  await drained(product.url);
  await pause(SETTLE_MS);
  return [atStart, memoryResult(`memory (PSS) after ${LOAD.toLocaleString('en')} executions`, product)];
}

function memoryResult(name: string, product: Product): Result {
  const roles = byRole(product.processes(), 'pssMb');
  return {
    name,
    figures: [
      { label: 'all', value: sum(Object.values(roles)), unit: 'MB' },
      ...Object.entries(roles).map(([label, value]) => ({ label, value, unit: 'MB' as const })),
    ],
  };
}
