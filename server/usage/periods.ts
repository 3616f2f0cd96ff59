import type pg from 'pg';
import { getPool } from '../db.ts';
import { defaultPlan } from '../plans/default-plan.ts';
import { effectivePlan } from '../plans/policy.ts';
import type { Plan } from '../plans/schema.ts';
import { monthOf } from './policy.ts';

interface WorkspaceRow {
  /** The database's: what starts is counted by its clock. */
  now: Date;
  plan: string;
  plan_override: string | null;
  usage_anchor: Date;
  overage_cap: number;
  bought: string | null;
  status: string | null;
  past_due_since: Date | null;
  metered: boolean | null;
}

/** What a month of usage has room for. */
export interface Room {
  included: number | null;
  /** To be paid for, on top. */
  overage: number;
}

/** `cap` is what the workspace is ready to pay for; it counts where the plan has a price for it and the subscription bills it. */
export const roomOf = (plan: Plan, cap: number, metered: boolean): Room => ({
  included: plan.executionsPerMonth,
  overage: plan.overagePer1000 !== null && plan.executionsPerMonth !== null && metered ? cap : 0,
});

/**
 * Opens the months of usage that now is in, for workspaces that have none yet. Safe to call from many processes at once: a
 * month begins where the one before it ended, and its row is there once.
 */
export async function openPeriods(workspaceIds: readonly string[]): Promise<void> {
  const client = await getPool().connect();
  try {
    await client.query('begin');
    for (const id of [...new Set(workspaceIds)].sort()) await openPeriod(client, id);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function openPeriod(client: pg.PoolClient, workspaceId: string): Promise<void> {
  const { rows } = await client.query<WorkspaceRow>(
    `select now() as now, w.plan, w.plan_override, w.usage_anchor, w.overage_cap, s.plan as bought, s.status, s.past_due_since, s.metered
     from workspace w left join subscription s on s.workspace_id = w.id where w.id = $1 for no key update of w`,
    [workspaceId],
  );
  const row = rows[0];
  if (!row) return; // purged meanwhile: the start will find no month, and be refused
  const { now } = row;
  const bought = { plan: row.bought, status: row.status, pastDueSince: row.past_due_since };
  const plan = effectivePlan({ override: row.plan_override, bought, otherwise: defaultPlan() }, now);
  const { included, overage } = roomOf(plan, row.overage_cap, row.metered ?? false);
  const { startsAt, endsAt } = monthOf(row.usage_anchor, now);
  // where the anchor moved, the month before ends inside this one
  await client.query(
    `insert into usage_period (workspace_id, starts_at, ends_at, included, overage)
     select $1, greatest($2, (select max(ends_at) from usage_period where workspace_id = $1)), $3, $4, $5
     where not exists (select 1 from usage_period where workspace_id = $1 and ends_at > now())
     on conflict (workspace_id, starts_at) do nothing`,
    [workspaceId, startsAt, endsAt, included, overage],
  );
}
