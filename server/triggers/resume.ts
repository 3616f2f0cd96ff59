import type { Transaction } from '../db.ts';
import { nextRun } from './schedule.ts';

/**
 * Turns the triggers of active workflows on again, of all or of these. Schedules go on with their next time, what would have been meanwhile is
 * not made up for; those that were paused by hand stay so.
 */
export async function resumeTriggers(
  tx: Transaction,
  workspaceId: string,
  workflowIds?: readonly string[],
): Promise<void> {
  const those = workflowIds ? { workflowId: { in: [...workflowIds] } } : {};
  const rows = await tx.trigger.findMany({
    where: { workspaceId, ...those, workflow: { active: true, deletedAt: null } },
    select: { id: true, type: true, config: true },
  });
  const due = rows.flatMap(({ id, type, config }) => {
    const settings = config as Record<string, unknown>;
    if (type === 'schedule' && settings.paused === true) return [];
    const next = type === 'schedule' ? nextRun(settings, Date.now()) : type === 'email' ? new Date() : null;
    return [{ id, next }];
  });
  await tx.$executeRaw`update "trigger" t set active = true, next_run_at = n.at
    from unnest(${due.map(({ id }) => id)}::uuid[], ${due.map(({ next }) => next)}::timestamptz[]) as n(id, at) where t.id = n.id`;
}
