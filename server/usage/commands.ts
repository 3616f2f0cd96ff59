import { audit } from '../audit/store.ts';
import { db, type Transaction } from '../db.ts';
import { notFound } from '../errors.ts';
import { applyPlan } from '../plans/apply.ts';
import type { WorkspaceScope } from '../scope.ts';
import { COUNTED_MODES } from './policy.ts';

/** How many executions of a workflow may start in a month of usage before it is paused; null: any number. Throws NOT_FOUND. */
export async function setBudget(
  scope: WorkspaceScope,
  { workflowId, budget }: { workflowId: string; budget: number | null },
): Promise<void> {
  const { workspaceId } = scope;
  await db().$transaction(async (tx) => {
    const workflow = await tx.workflow.findFirst({
      where: { id: workflowId, workspaceId, deletedAt: null },
      select: { id: true },
    });
    if (!workflow) throw notFound('workflow');
    const before = await tx.workflowBudget.findUnique({ where: { workflowId }, select: { budget: true } });
    if (budget === null) await tx.workflowBudget.deleteMany({ where: { workflowId } });
    else {
      // what the month has seen already counts too; parallel starts go on counting in the row from here on
      const used = await countMonth(tx, workspaceId, workflowId);
      await tx.workflowBudget.upsert({
        where: { workflowId },
        create: { workflowId, workspaceId, budget, ...used },
        update: { budget, trippedAt: null },
      });
    }
    await audit(tx, scope, {
      action: 'workflow.set-budget',
      subjectId: workflowId,
      before: { budget: before?.budget ?? null },
      after: { budget },
    });
  });
}

/** The month's row is locked by every start that counts: nothing is missed between this count and the new budget's row. */
async function countMonth(
  tx: Transaction,
  workspaceId: string,
  workflowId: string,
): Promise<{ used: number; startsAt: Date | null }> {
  const rows = await tx.$queryRaw<{ starts_at: Date }[]>`
    select starts_at from usage_period
    where workspace_id = ${workspaceId}::uuid and starts_at <= now() and ends_at > now() for update`;
  if (!rows[0]) return { used: 0, startsAt: null };
  const startsAt = rows[0].starts_at;
  const firstDay = new Date(startsAt.toISOString().slice(0, 10));
  const counted = await tx.usageDay.aggregate({
    where: { workspaceId, workflowId, day: { gte: firstDay } },
    _sum: { executions: true },
  });
  // of its first day, what belongs to the month before
  const earlier = await tx.execution.count({
    where: {
      workspaceId,
      workflowId,
      mode: { in: [...COUNTED_MODES] },
      queuedAt: { gte: firstDay, lt: startsAt },
    },
  });
  return { used: Math.max(0, (counted._sum.executions ?? 0) - earlier), startsAt };
}

/** How many executions beyond the plan's may start in a month, to be paid for; holds from the next start on. */
export async function setOverage(
  scope: WorkspaceScope,
  { overage }: { overage: number },
): Promise<{ overage: number }> {
  const { workspaceId: id } = scope;
  await db().$transaction(async (tx) => {
    const before = await tx.workspace.findUniqueOrThrow({ where: { id }, select: { overageCap: true } });
    await tx.workspace.update({ where: { id }, data: { overageCap: overage } });
    await applyPlan(tx, id, scope.userId);
    await audit(tx, scope, {
      action: 'workspace.set-overage',
      subjectId: id,
      before: { overage: before.overageCap },
      after: { overage },
    });
  });
  return { overage };
}
