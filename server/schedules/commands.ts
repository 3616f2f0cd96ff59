import type { z } from 'zod';
import type { Workflow } from '#engine/workflow.ts';
import { audit } from '../audit/store.ts';
import { db } from '../db.ts';
import { AppError } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { nextRun } from '../triggers/schedule.ts';
import { activateWorkflow } from '../workflows/commands.ts';
import { changeDraft } from '../workflows/graph.ts';
import { deleteNode } from '../workflows/graph-edits.ts';
import { getWorkflow } from '../workflows/queries.ts';
import { assertRunnable } from '../workflows/versions.ts';
import { addSchedule, changeSchedule, rulesIn } from './edits.ts';
import { keepPaused } from './pausing.ts';
import { getSchedule, placeOf, scheduleId } from './queries.ts';
import type { createScheduleSchema, Schedule, updateScheduleSchema } from './schema.ts';

type Saved = Schedule & { issues: Awaited<ReturnType<typeof getWorkflow>>['issues'] };

/** Adds a schedule to a workflow; one that is active is published with it. Throws BAD_REQUEST, CONFLICT, NOT_FOUND. */
export async function createSchedule(
  scope: WorkspaceScope,
  { workflowId, name, timezone, ...when }: z.output<typeof createScheduleSchema>,
): Promise<Saved> {
  const rules = rulesIn(when);
  if (!rules) throw new AppError('BAD_REQUEST', 'cron: say when: cron, rule or rules.');
  const nodeId = await change(scope, workflowId, 'Added a schedule', (before) => {
    const { draft, node } = addSchedule(before, { name, rules, timezone });
    return { draft, result: node.id };
  });
  return saved(scope, scheduleId({ workflowId, nodeId }));
}

/** Changes what is given; what is active is published. Throws BAD_REQUEST, CONFLICT, NOT_FOUND. */
export async function updateSchedule(
  scope: WorkspaceScope,
  { id, name, timezone, ...when }: z.output<typeof updateScheduleSchema>,
): Promise<Saved> {
  await getSchedule(scope, id);
  const { workflowId, nodeId } = placeOf(id);
  const rules = rulesIn(when);
  await change(scope, workflowId, 'Changed a schedule', (before) => ({
    draft: changeSchedule(before, nodeId, { name, rules, timezone }),
    result: null,
  }));
  return saved(scope, id);
}

/** Its node goes, with its edges; what is active is published. Throws NOT_FOUND, CONFLICT. */
export async function deleteSchedule(scope: WorkspaceScope, id: string): Promise<void> {
  await getSchedule(scope, id);
  const { workflowId, nodeId } = placeOf(id);
  await change(scope, workflowId, 'Removed a schedule', (before) => ({
    // the draft may have lost it before
    draft: before.nodes.some((node) => node.id === nodeId) ? deleteNode(before, nodeId) : before,
    result: null,
  }));
  await db().trigger.deleteMany({
    where: { workflowId, nodeId, workspaceId: scope.workspaceId, type: 'schedule', active: false },
  });
}

/** Not due until it is resumed, also when the workflow is published meanwhile. Throws CONFLICT for one that is not live. */
export async function pauseSchedule(scope: WorkspaceScope, id: string): Promise<Schedule> {
  await getSchedule(scope, id);
  const { workflowId, nodeId } = placeOf(id);
  await db().$transaction(async (tx) => {
    await lockWorkflow(tx, scope, workflowId);
    if ((await keepPaused(tx, workflowId, [nodeId])) === 0)
      throw new AppError('CONFLICT', 'This schedule is not published yet, so it cannot be paused.');
    await audit(tx, scope, { action: 'schedule.pause', subjectId: id });
  });
  return getSchedule(scope, id);
}

/** Due again, from its next time on; what was missed stays missed. */
export async function resumeSchedule(scope: WorkspaceScope, id: string): Promise<Schedule> {
  await getSchedule(scope, id);
  const { workflowId, nodeId } = placeOf(id);
  await db().$transaction(async (tx) => {
    const active = await lockWorkflow(tx, scope, workflowId);
    const row = await tx.trigger.findUnique({
      where: { workflowId_nodeId: { workflowId, nodeId } },
      select: { config: true },
    });
    const { paused, ...config } = (row?.config ?? {}) as Record<string, unknown>;
    if (paused !== true) throw new AppError('CONFLICT', 'This schedule is not paused.');
    await tx.trigger.update({
      where: { workflowId_nodeId: { workflowId, nodeId } },
      data: { config: config as object, active, nextRunAt: active ? nextRun(config, Date.now()) : null },
    });
    await audit(tx, scope, { action: 'schedule.resume', subjectId: id });
  });
  return getSchedule(scope, id);
}

/** The lock that publishing takes as well: a publish and a pause come one after the other. Says whether it is active. */
async function lockWorkflow(
  tx: Parameters<Parameters<ReturnType<typeof db>['$transaction']>[0]>[0],
  scope: WorkspaceScope,
  workflowId: string,
): Promise<boolean> {
  const rows = await tx.$queryRaw<{ active: boolean }[]>`
    select active from workflow where id = ${workflowId}::uuid and workspace_id = ${scope.workspaceId}::uuid for update`;
  return rows[0]?.active === true;
}

/**
 * Changes the draft, and publishes it where the workflow is active. A draft with other changes that are not live is left
 * alone: publishing it would put somebody's unfinished work into production.
 */
async function change<T>(
  scope: WorkspaceScope,
  workflowId: string,
  message: string,
  edit: (draft: Workflow) => { draft: Workflow; result: T },
): Promise<T> {
  const { active, liveDiffers, revision } = await getWorkflow(scope, workflowId);
  if (liveDiffers)
    throw new AppError(
      'CONFLICT',
      'The draft has changes that are not live. Activate it or restore the live version first, then change the schedule.',
    );
  const based = active ? { id: workflowId, revision } : { id: workflowId };
  const changed = await changeDraft(scope, based, (before) => {
    const after = edit(before);
    if (active) assertRunnable(after.draft);
    return after;
  });
  if (active) await activateWorkflow(scope, workflowId, message, changed.revision);
  return changed.result;
}

const saved = async (scope: WorkspaceScope, id: string): Promise<Saved> => ({
  ...(await getSchedule(scope, id)),
  issues: (await getWorkflow(scope, placeOf(id).workflowId)).issues,
});
