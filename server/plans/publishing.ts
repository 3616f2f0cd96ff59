import type { Workflow } from '#engine/workflow.ts';
import { findDefinition } from '#nodes/definitions.ts';
import type { Transaction } from '../db.ts';
import { shortestInterval } from '../triggers/schedule.ts';
import { assertMayActivate, assertMayRunEvery } from './policy.ts';
import { planOf } from './schema.ts';

/** Two who publish at once must not both get the last place of the plan. */
export const lockWorkspace = (tx: Transaction, workspaceId: string) =>
  tx.$queryRaw`select 1 from workspace where id = ${workspaceId}::uuid for update`;

/** Whether the plan lets this workflow become active as it is; `lockWorkspace` first. Throws PAYMENT_REQUIRED. */
export async function assertMayPublish(
  tx: Transaction,
  { workspaceId, workflowId }: { workspaceId: string; workflowId: string },
  workflow: Workflow,
): Promise<void> {
  const { plan: key } = await tx.workspace.findUniqueOrThrow({
    where: { id: workspaceId },
    select: { plan: true },
  });
  const plan = planOf(key);
  if (plan.activeWorkflows !== null)
    assertMayActivate(
      plan,
      await tx.workflow.count({
        where: { workspaceId, active: true, deletedAt: null, id: { not: workflowId } },
      }),
    );
  for (const node of workflow.nodes) {
    if (node.disabled || findDefinition(node.type, node.version)?.startedBy !== 'schedule') continue;
    const seconds = shortestInterval(
      { ...node.parameters, timezone: workflow.settings.timezone },
      Date.now(),
      plan.minScheduleSeconds,
    );
    assertMayRunEvery(plan, node.name, seconds);
  }
}
