import { db } from '../db.ts';
import { log } from '../log.ts';
import { applyPlan } from './apply.ts';
import { defaultPlan } from './default-plan.ts';
import { effectivePlan } from './policy.ts';

const PAGE = 1_000;

/**
 * Puts every workspace on the plan that it has by now: days of grace end without anybody calling, operators choose another
 * default, and a new release may have other numbers. Writes only where something differs.
 */
export async function watchPlans(): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await db().$queryRaw<Row[]>`
      select w.id, w.plan, w.plan_override as "override", w.seats, w.seats_override as "seatsOverride", w.weight,
        w.plan_concurrency as "concurrency", s.plan as bought, s.status, s.past_due_since as "pastDueSince"
      from workspace w left join subscription s on s.workspace_id = w.id
      where w.id > ${after}::uuid and w.deleted_at is null order by w.id limit ${PAGE}`;
    for (const row of rows.filter(differs)) {
      await db().$transaction((tx) => applyPlan(tx, row.id));
      log.info({ workspaceId: row.id, before: row.plan }, 'a workspace is on another plan');
    }
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.id;
  }
}

interface Row {
  id: string;
  plan: string;
  override: string | null;
  seats: number | null;
  seatsOverride: number | null;
  weight: number;
  concurrency: number | null;
  bought: string | null;
  status: string | null;
  pastDueSince: Date | null;
}

function differs(row: Row): boolean {
  const bought = { plan: row.bought, status: row.status, pastDueSince: row.pastDueSince };
  const plan = effectivePlan({ override: row.override, bought, otherwise: defaultPlan() }, new Date());
  return (
    plan.key !== row.plan ||
    row.weight !== plan.weight ||
    row.concurrency !== plan.concurrentExecutions ||
    row.seats !== (row.seatsOverride ?? plan.members)
  );
}
