import { db, type Transaction } from '../db.ts';
import { env } from '../env.ts';
import { log } from '../log.ts';
import { tellAdmins } from '../usage/watch.ts';
import { applyPlan } from './apply.ts';
import { defaultPlan } from './default-plan.ts';
import { effectivePlan } from './policy.ts';
import { PLAN_KEYS } from './schema.ts';

const PAGE = 1_000;

/**
 * Puts every workspace on the plan that it has by now: days of grace end without anybody calling, operators choose another
 * default, and a new release may have other numbers. Writes only where something differs.
 */
export async function watchPlans(): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const rows = await db().$queryRaw<Row[]>`
      select w.id, w.name, w.plan, w.plan_override as "override", w.seats, w.seats_override as "seatsOverride", w.weight,
        w.plan_concurrency as "concurrency", s.plan as bought, s.status, s.past_due_since as "pastDueSince"
      from workspace w left join subscription s on s.workspace_id = w.id
      where w.id > ${after}::uuid and w.deleted_at is null order by w.id limit ${PAGE}`;
    for (const row of rows.filter(differs)) {
      await db().$transaction((tx) => putOnPlan(tx, row));
    }
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.id;
  }
}

const LESS =
  'Nothing was deleted: the newest of too many workflows are paused, members beyond the seats can look but not change.';

/** Nobody asked for this one just now, so owners and admins are told. */
async function putOnPlan(tx: Transaction, { id, name }: Row): Promise<void> {
  const change = await applyPlan(tx, id);
  if (!change) return; // another worker was first, or only a number changed
  const { before, after } = change;
  log.info({ workspaceId: id, before: before.key, after: after.key }, 'a workspace is on another plan');
  const isLess = PLAN_KEYS.indexOf(after.key) < PLAN_KEYS.indexOf(before.key);
  await tellAdmins(tx, id, {
    subject: `“${name}” is on the plan ${after.name} now`,
    paragraphs: [
      `the workspace “${name}” has changed from the plan ${before.name} to ${after.name}.${isLess ? ` ${LESS}` : ''}`,
    ],
    action: { label: 'See the plan', url: `${env().APP_URL}/w/${id}/billing` },
  });
}

interface Row {
  id: string;
  name: string;
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
