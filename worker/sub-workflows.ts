import { NodeError } from '#engine/errors.ts';
import type { EngineEvent } from '#engine/events.ts';
import type { Item } from '#engine/item.ts';
import type { WorkflowCall, WorkflowCaller, WorkflowCallResult } from '#engine/node.ts';
import { startNodeOf } from '#engine/start.ts';
import { isTerminal } from '#engine/state.ts';
import type { Workflow } from '#engine/workflow.ts';
import { isId } from '#lib/id.ts';
import { findDefinition, nodeCatalog } from '#nodes/definitions.ts';
import { getWorkerScope } from '#server/auth/worker-scope.ts';
import { idsIn } from '#server/credentials/usage.ts';
import { db } from '#server/db.ts';
import { AppError } from '#server/errors.ts';
import { acceptExecution } from '#server/executions/accept.ts';
import { idFromKey } from '#server/executions/id-from-key.ts';
import { readEvents } from '#server/executions/journal.ts';
import type { LeasedExecution } from '#server/executions/lease.ts';
import { findExecution } from '#server/executions/queries.ts';
import { patiently } from '#server/outage.ts';
import { keepItems, loadItems } from '#server/storage/open.ts';
import { getRunnableVersion, snapshot } from '#server/workflows/versions.ts';

/** How deep workflows may call each other; a workflow that calls itself ends here and not in the database. */
const MAX_DEPTH = 20;

/**
 * Sub-workflows of one execution: each is an execution of its own with an id made from the call's key. Calling again with
 * the same key, after a restart or when the child has ended, finds that child.
 */
export function createWorkflowCaller(parent: LeasedExecution, caller: Workflow): WorkflowCaller {
  const scope = getWorkerScope(parent.workspaceId);
  return {
    async call(request: WorkflowCall): Promise<WorkflowCallResult> {
      const childId = idFromKey(`child:${request.key}`);
      const existing = await patiently(() => findExecution(scope, childId));
      if (!existing) await patiently(() => start(request, childId));
      if (!request.waitForEnd) return { status: 'started', executionId: childId };
      if (!existing || !isTerminal(existing.status)) return { status: 'pending', executionId: childId };
      return patiently(() => resultOf(childId, existing.status));
    },
  };

  async function start(request: WorkflowCall, childId: string): Promise<void> {
    const { versionId, workflowId, nodeId } = await target(request);
    await assertDepth(parent.id);
    await acceptExecution({
      id: childId,
      workspaceId: parent.workspaceId,
      workflowId,
      versionId,
      mode: 'sub-workflow',
      trigger: { nodeId, items: await keepItems(`executions/${childId}/trigger`, request.items) },
      parentId: parent.id,
    });
  }

  async function target(request: WorkflowCall) {
    const inline = request.workflow;
    if (inline) assertOwnCredentials(inline, caller);
    const workflowId = request.workflowId ?? parent.workflowId;
    if (!isId(workflowId))
      throw new NodeError('config', `“${workflowId}” is not the id of a workflow.`, { field: 'workflowId' });
    const { versionId, workflow } = inline
      ? { versionId: await snapshot(db(), workflowId, inline, null), workflow: inline }
      : await published(workflowId);
    const trigger = workflow.nodes.find(
      (n) => !n.disabled && findDefinition(n.type, n.version)?.startedBy === 'workflow',
    );
    const node = startNodeOf(workflow, nodeCatalog, trigger?.id);
    if (!node)
      throw new NodeError('config', `The workflow “${workflow.name}” has nothing to start from.`, {
        field: 'workflowId',
      });
    return { versionId, workflowId, nodeId: node.id };
  }

  /** The published version, or the draft of a workflow that was never published. */
  async function published(workflowId: string) {
    try {
      return await getRunnableVersion(scope, workflowId, 'published').catch((error: unknown) => {
        if (error instanceof AppError && error.code === 'CONFLICT')
          return getRunnableVersion(scope, workflowId, 'draft');
        throw error;
      });
    } catch (error) {
      if (error instanceof AppError) throw new NodeError('config', error.message, { field: 'workflowId' });
      throw error;
    }
  }
}

/** An inner workflow may be made of data from outside: it has no other credentials than those that its author could choose. */
function assertOwnCredentials(inline: Workflow, caller: Workflow): void {
  const own = new Set(idsIn(caller.nodes));
  const used = inline.nodes.flatMap((node) => Object.values(node.credentials));
  if (used.every((id) => own.has(id.toLowerCase()))) return;
  throw new NodeError('config', 'The inner workflow has a credential that this workflow does not have.', {
    field: 'workflow',
  });
}

async function resultOf(childId: string, status: string): Promise<WorkflowCallResult> {
  const events = await readEvents(childId);
  const failed = events.find((e) => e.type === 'execution.failed');
  if (failed?.type === 'execution.failed') {
    throw new NodeError(failed.error.kind, `The sub-workflow failed: ${failed.error.message}`, {
      retryable: false,
      detail: `Execution ${childId}`,
    });
  }
  if (status === 'cancelled')
    throw new NodeError('stopped', 'The sub-workflow was cancelled.', { detail: `Execution ${childId}` });
  return { status: 'completed', items: await lastItems(events) };
}

/** What a workflow returns: the items of the node that ended last. */
async function lastItems(events: readonly EngineEvent[]): Promise<Item[]> {
  const last = events.findLast((e) => e.type === 'node.completed');
  if (last?.type !== 'node.completed') return [];
  const output = Object.values(last.outputs).find((items) => items.length > 0) ?? [];
  return (await loadItems(output)).map(({ json, files }) => ({
    json,
    ...(files ? { files } : {}),
  }));
}

async function assertDepth(executionId: string): Promise<void> {
  const rows = await db().$queryRaw<{ depth: number }[]>`
    with recursive up as (
      select id, parent_id, 1 as depth from execution where id = ${executionId}::uuid
      union all select e.id, e.parent_id, up.depth + 1 from execution e join up on e.id = up.parent_id where up.depth < ${MAX_DEPTH + 1}
    ) select max(depth)::int as depth from up`;
  if ((rows[0]?.depth ?? 0) < MAX_DEPTH) return;
  throw new NodeError('limit', `Workflows call each other more than ${MAX_DEPTH} levels deep.`);
}
