import { audit } from '../audit/store.ts';
import type { Transaction } from '../db.ts';
import { ring } from '../executions/wake.ts';
import { resumeTriggers } from '../triggers/resume.ts';
import { announce, pauseTriggers } from '../triggers/sync.ts';
import { roomOf } from '../usage/periods.ts';
import { monthOf } from '../usage/policy.ts';
import { defaultPlan } from './default-plan.ts';
import { deletesFrom, effectivePlan } from './policy.ts';
import { type Plan, planOf } from './schema.ts';
import { fitMembers } from './seats.ts';

interface Before {
  now: Date;
  plan: string;
  plan_override: string | null;
  seats_override: number | null;
  usage_anchor: Date;
  overage_cap: number;
  bought: string | null;
  status: string | null;
  past_due_since: Date | null;
  billing_anchor: Date | null;
  metered: boolean | null;
}

/**
 * Makes a workspace be on the plan that it has: by an operator's choice, by what Stripe says was bought, or the default. To
 * be called in the transaction of whatever changed one of them, and safe to call at any time. Less than before deletes
 * nothing: the newest of too many active workflows are paused, members without a seat become viewers; more than before
 * undoes that. Audited when the plan changes, and the answer says from which to which; null: it is the same. `by` null: nobody
 * in person.
 */
export async function applyPlan(
  tx: Transaction,
  workspaceId: string,
  by: string | null = null,
): Promise<{ before: Plan; after: Plan } | null> {
  const rows = await tx.$queryRaw<Before[]>`
    select now() as now, w.plan, w.plan_override, w.seats_override, w.usage_anchor, w.overage_cap,
      s.plan as bought, s.status, s.past_due_since, s.billing_anchor, s.metered
    from workspace w left join subscription s on s.workspace_id = w.id where w.id = ${workspaceId}::uuid for update of w`;
  const before = rows[0];
  if (!before) return null; // purged meanwhile
  const bought = { plan: before.bought, status: before.status, pastDueSince: before.past_due_since };
  const choices = { override: before.plan_override, bought, otherwise: defaultPlan() };
  const plan = effectivePlan(choices, before.now);
  const isBought = plan.key === before.bought;
  const anchor = (isBought ? before.billing_anchor : null) ?? before.usage_anchor;
  await tx.workspace.update({
    where: { id: workspaceId },
    data: {
      plan: plan.key,
      seats: before.seats_override ?? plan.members,
      planConcurrency: plan.concurrentExecutions,
      weight: plan.weight,
      usageAnchor: anchor,
      ...(plan.key === before.plan
        ? {}
        : { deletesFrom: deletesFrom(planOf(before.plan), plan, before.now) }),
    },
  });
  await fitMonth(tx, workspaceId, plan, { ...before, anchor });
  await fitWorkflows(tx, workspaceId, plan);
  await fitMembers(tx, workspaceId);
  if (plan.key === before.plan) return null;
  await audit(
    tx,
    { workspaceId, userId: by },
    {
      action: 'workspace.change-plan',
      subjectId: workspaceId,
      before: { plan: before.plan },
      after: { plan: plan.key },
    },
  );
  await ring(tx); // more may run at a time than before
  return { before: planOf(before.plan), after: plan };
}

const UNLIMITED = 10_000_000_000;

/** The month under way gets the room of the plan. Where months begin at another time from now on, it ends and a new one begins. */
async function fitMonth(
  tx: Transaction,
  workspaceId: string,
  plan: Plan,
  { now, anchor, usage_anchor, overage_cap, metered }: Before & { anchor: Date },
): Promise<void> {
  const { included, overage } = roomOf(plan, overage_cap, metered ?? false);
  const current = { workspaceId, startsAt: { lte: now }, endsAt: { gt: now } };
  if (anchor.getTime() === usage_anchor.getTime()) {
    // what a larger plan had is not sold a second time by a smaller one, and whoever has more room is warned anew
    await tx.$executeRaw`
      update usage_period p set included = ${included}::int, overage = ${overage}::int,
        covered = case when p.included is null or p.included > ${included}::int
          then greatest(p.covered, least(p.used, coalesce(p.included + p.credit, p.used))) else p.covered end,
        warned_80_at = case when grows then null else warned_80_at end, warned_100_at = case when grows then null else warned_100_at end
      from (select coalesce(${included}::bigint + ${overage}::int, ${UNLIMITED}::bigint) as room) r,
        lateral (select r.room > coalesce(m.included::bigint + m.overage, ${UNLIMITED}::bigint) as grows
          from usage_period m where m.workspace_id = ${workspaceId}::uuid and m.starts_at <= ${now} and m.ends_at > ${now}) g
      where p.workspace_id = ${workspaceId}::uuid and p.starts_at <= ${now} and p.ends_at > ${now}
        and (p.included is distinct from ${included}::int or p.overage <> ${overage}::int)`;
    return;
  }
  const { endsAt } = monthOf(anchor, now);
  const { count } = await tx.usagePeriod.updateMany({ where: current, data: { endsAt: now } });
  if (count > 0)
    await tx.usagePeriod.create({ data: { workspaceId, startsAt: now, endsAt, included, overage } });
}

/** The newest of too many are paused; where there is room, the oldest that were paused for it come back. */
async function fitWorkflows(tx: Transaction, workspaceId: string, plan: Plan): Promise<void> {
  const most = plan.activeWorkflows ?? Number.MAX_SAFE_INTEGER;
  const active = await tx.workflow.findMany({
    where: { workspaceId, deletedAt: null, OR: [{ active: true }, { pausedBy: 'plan' }] },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    select: { id: true, active: true },
  });
  // what is active comes before what waits for room, whatever its age
  const order = [...active.filter((w) => w.active), ...active.filter((w) => !w.active)];
  const resumed = order.slice(0, most).filter((w) => !w.active);
  const paused = order.slice(most).filter((w) => w.active);
  for (const { id } of paused) {
    await tx.workflow.update({ where: { id }, data: { active: false, pausedBy: 'plan' } });
    await pauseTriggers(tx, id);
  }
  const ids = resumed.map(({ id }) => id);
  if (ids.length === 0) return;
  await tx.workflow.updateMany({ where: { id: { in: ids } }, data: { active: true, pausedBy: null } });
  await resumeTriggers(tx, workspaceId, ids);
  await announce(tx);
}
