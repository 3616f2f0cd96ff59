import type { Item } from '#engine/item.ts';
import { startNodeOf } from '#engine/start.ts';
import { isTerminal } from '#engine/state.ts';
import { nodeCatalog } from '#nodes/definitions.ts';
import { audit } from '../audit/store.ts';
import { db } from '../db.ts';
import { AppError } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { getRunnableVersion } from '../workflows/versions.ts';
import { type Accepted, acceptExecution } from './accept.ts';
import { readEvents } from './journal.ts';
import { getExecutionSummary, getTriggerData } from './queries.ts';
import { acceptRetry } from './retry.ts';
import { announce, cancelUnheld, lockExecution, pauseUnheld } from './unheld.ts';
import { ring } from './wake.ts';

/** Starts a workflow by hand or by API. The draft is frozen into a version first: a worker never runs a mutable graph. */
export async function startExecution(
  scope: WorkspaceScope,
  start: {
    workflowId: string;
    version: 'draft' | 'published';
    mode: 'manual' | 'api';
    /** The caller waits for the end. */
    awaited?: boolean;
    input?: Record<string, unknown> | { json: Record<string, unknown> }[];
    triggerNodeId?: string;
    idempotencyKey?: string;
  },
): Promise<Accepted> {
  const { versionId, workflow } = await getRunnableVersion(scope, start.workflowId, start.version);
  const node = startNodeOf(workflow, nodeCatalog, start.triggerNodeId);
  if (!node) throw new AppError('BAD_REQUEST', 'This workflow has nothing to start from. Add a trigger.');
  return acceptExecution({
    workspaceId: scope.workspaceId,
    workflowId: start.workflowId,
    versionId,
    mode: start.mode,
    startedById: scope.userId,
    ...(start.awaited ? { awaited: true } : {}),
    trigger: {
      nodeId: node.id,
      items: toItems(start.input),
      ...(start.version === 'draft' ? { usePinned: true } : {}),
    },
    ...(start.idempotencyKey ? { deliveryKey: `api:${start.workflowId}:${start.idempotencyKey}` } : {}),
  });
}

function toItems(input: Record<string, unknown> | { json: Record<string, unknown> }[] | undefined): Item[] {
  if (input === undefined) return [{ json: {} }];
  if (!Array.isArray(input)) return [{ json: input }];
  return input.length > 0 ? input.map(({ json }) => ({ json })) : [{ json: {} }];
}

/**
 * Runs it again with the same trigger data: whole, or from where it failed, with everything that had ended taken over.
 * On the version that it ran, or on the workflow's current draft (after the fix).
 */
export async function retryExecution(
  scope: WorkspaceScope,
  input: { id: string; from: 'start' | 'failed'; version: 'same' | 'draft' },
): Promise<Accepted> {
  const row = await getExecutionSummary(scope, input.id);
  if (!isTerminal(row.status))
    throw new AppError('CONFLICT', 'This execution has not ended yet. Cancel it first.');
  if (input.from === 'failed' && row.status === 'completed') {
    throw new AppError('CONFLICT', 'This execution did not fail. Run it again from the start.');
  }
  const versionId =
    input.version === 'same'
      ? row.versionId
      : (await getRunnableVersion(scope, row.workflowId, 'draft')).versionId;
  const accepted = await acceptRetry(
    scope,
    { ...row, trigger: await getTriggerData(scope, input.id) },
    { versionId, ...(input.from === 'failed' ? { events: await readEvents(input.id) } : {}) },
  );
  await db().execution.updateMany({
    where: { id: input.id, workspaceId: scope.workspaceId, handledAt: null },
    data: { handledAt: new Date() },
  });
  return accepted;
}

/** Lets running nodes finish and starts nothing new until it is resumed. */
export async function pauseExecution(scope: WorkspaceScope, id: string): Promise<void> {
  const row = await getExecutionSummary(scope, id);
  const paused = await db().$transaction(async (tx) => {
    const held = await lockExecution(tx, scope.workspaceId, id);
    if (!held || held.status === 'paused')
      throw new AppError('CONFLICT', `This execution cannot be paused (${row.status}).`);
    await audit(tx, scope, { action: 'execution.pause', subjectId: id });
    if (held.status !== 'running') return pauseUnheld(tx, held);
    await tx.activeExecution.update({ where: { executionId: id }, data: { pauseRequested: true } });
    return null;
  });
  if (paused) announce(paused, 'paused');
}

/** Goes on where it was paused. */
export async function resumeExecution(scope: WorkspaceScope, id: string): Promise<void> {
  const row = await getExecutionSummary(scope, id);
  await db().$transaction(async (tx) => {
    const { count } = await tx.activeExecution.updateMany({
      where: {
        executionId: id,
        workspaceId: scope.workspaceId,
        OR: [{ status: 'paused' }, { pauseRequested: true }],
      },
      data: { pauseRequested: false },
    });
    if (count === 0) throw new AppError('CONFLICT', `This execution is not paused (${row.status}).`);
    await tx.activeExecution.updateMany({
      where: { executionId: id, status: 'paused' },
      data: { status: 'queued' },
    });
    await ring(tx);
    await audit(tx, scope, { action: 'execution.resume', subjectId: id });
  });
}

/** Ends it: one that no worker holds at once, a running one within seconds. */
export async function cancelExecution(scope: WorkspaceScope, id: string): Promise<void> {
  const row = await getExecutionSummary(scope, id);
  const cancelled = await db().$transaction(async (tx) => {
    const held = await lockExecution(tx, scope.workspaceId, id);
    if (!held) throw new AppError('CONFLICT', `This execution has already ended (${row.status}).`);
    await audit(tx, scope, { action: 'execution.cancel', subjectId: id });
    if (held.status !== 'running') return cancelUnheld(tx, held);
    await tx.activeExecution.update({ where: { executionId: id }, data: { cancelRequested: true } });
    return null;
  });
  if (cancelled) announce(cancelled, 'cancelled');
}
