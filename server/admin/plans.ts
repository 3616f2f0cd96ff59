import { audit } from '../audit/store.ts';
import { db } from '../db.ts';
import { notFound } from '../errors.ts';
import { applyPlan } from '../plans/apply.ts';
import { lockWorkspace } from '../plans/publishing.ts';
import type { PlanKey } from '../plans/schema.ts';
import { openPeriods } from '../usage/periods.ts';
import { note } from './commands.ts';
import type { Operator } from './operator.ts';

/** Puts a workspace on a plan whatever was bought; null: back to what was bought, or everybody's. Throws NOT_FOUND. */
export async function setPlan(
  operator: Operator,
  { id, plan }: { id: string; plan: PlanKey | null },
): Promise<void> {
  await db().$transaction(async (tx) => {
    await lockWorkspace(tx, id);
    const before = await tx.workspace.findUnique({ where: { id }, select: { planOverride: true } });
    if (!before) throw notFound('workspace');
    await tx.workspace.update({ where: { id }, data: { planOverride: plan } });
    await applyPlan(tx, id, operator.userId);
    await audit(
      tx,
      { workspaceId: id, userId: operator.userId },
      { action: 'workspace.set-plan', subjectId: id, before, after: { planOverride: plan } },
    );
  });
  note(operator, 'workspace.set-plan', { workspaceId: id, plan });
}

/** Gives a workspace more executions in this month of usage, on top of what it has. Throws NOT_FOUND. */
export async function giveCredit(
  operator: Operator,
  { id, executions }: { id: string; executions: number },
): Promise<void> {
  await openPeriods([id]);
  await db().$transaction(async (tx) => {
    const now = new Date();
    const { count } = await tx.usagePeriod.updateMany({
      where: { workspaceId: id, startsAt: { lte: now }, endsAt: { gt: now } },
      data: { credit: { increment: executions } },
    });
    if (count === 0) throw notFound('workspace');
    await audit(
      tx,
      { workspaceId: id, userId: operator.userId },
      { action: 'workspace.give-credit', subjectId: id, after: { executions } },
    );
  });
  note(operator, 'workspace.give-credit', { workspaceId: id, executions });
}
