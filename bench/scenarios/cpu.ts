import { activate } from '../api.ts';
import type { Context } from '../context.ts';
import { drained } from '../executions.ts';
import { post } from '../load.ts';
import { byRole } from '../processes.ts';
import type { Result } from '../result.ts';
import { median, sum } from '../statistics.ts';
import { setIfSet } from '../workflows.ts';

const EXECUTIONS = 8_000;
const REPEATS = 3;
const ROLES = ['web', 'worker', 'postgres', 'supervisor'] as const;

/** CPU time of all processes of the product for one execution, from its call to its end. */
export async function cpu(context: Context): Promise<Result[]> {
  const product = await context.shared();
  const hook = await activate(product.api, setIfSet());
  const runs: number[][] = [];
  for (let i = 0; i < REPEATS; i++) {
    const before = byRole(product.processes(), 'cpuMs');
    const { accepted } = await post(hook.url, 50, { amount: EXECUTIONS });
    await drained(product.url);
    const after = byRole(product.processes(), 'cpuMs');
    runs.push(ROLES.map((role) => ((after[role] ?? 0) - (before[role] ?? 0)) / accepted));
  }
  return [
    {
      name: 'CPU per execution (webhook → set → if → set)',
      figures: [
        { label: 'all', value: median(runs.map(sum)), unit: 'ms', target: { atMost: 0.8 } },
        ...ROLES.map((label, i) => ({
          label,
          value: median(runs.map((run) => run[i]!)),
          unit: 'ms' as const,
        })),
      ],
      note: `median of ${REPEATS} × ${EXECUTIONS}`,
    },
  ];
}
