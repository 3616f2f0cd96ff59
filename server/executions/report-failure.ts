import type { NodeErrorData } from '#engine/errors.ts';
import { workflowSchema } from '#engine/workflow.ts';
import { isId } from '#lib/id.ts';
import { findDefinition } from '#nodes/definitions.ts';
import { getWorkerScope } from '../auth/worker-scope.ts';
import { db } from '../db.ts';
import { env } from '../env.ts';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import { getRunnableVersion } from '../workflows/versions.ts';
import { acceptExecution } from './accept.ts';
import { idFromKey } from './id-from-key.ts';
import { readEvents } from './journal.ts';

/**
 * Starts the error workflow of a failed execution, once: its execution's id is made from the failed one's. Does nothing
 * when none is named, or when the failed one was itself started by an error. A named one that cannot run is logged.
 */
export async function reportFailure(executionId: string): Promise<void> {
  const failed = await db().execution.findUnique({
    where: { id: executionId },
    select: {
      workspaceId: true,
      workflowId: true,
      versionId: true,
      mode: true,
      error: true,
      retryOfId: true,
    },
  });
  if (!failed || failed.mode === 'error') return;
  const version = await db().workflowVersion.findUniqueOrThrow({
    where: { id: failed.versionId },
    select: { content: true },
  });
  const workflow = workflowSchema.parse(version.content);
  const errorWorkflowId = workflow.settings.errorWorkflowId;
  if (errorWorkflowId === null || !isId(errorWorkflowId)) return;
  const target = await findErrorTrigger(failed.workspaceId, errorWorkflowId);
  if (!target) {
    log.warn(
      { executionId, errorWorkflowId },
      'the error workflow cannot run: it needs to be active and have an error trigger',
    );
    return;
  }
  const last = (await readEvents(executionId)).findLast((e) => e.type === 'node.failed');
  const lastNode = last && 'node' in last ? workflow.nodes.find((n) => n.id === last.node)?.name : undefined;
  await acceptExecution({
    id: idFromKey(`error:${executionId}`),
    workspaceId: failed.workspaceId,
    workflowId: errorWorkflowId,
    versionId: target.versionId,
    mode: 'error',
    trigger: {
      nodeId: target.nodeId,
      items: [
        {
          json: {
            execution: {
              id: executionId,
              url: `${env().APP_URL}/w/${failed.workspaceId}/executions/${executionId}`,
              mode: failed.mode,
              ...(failed.retryOfId ? { retryOf: failed.retryOfId } : {}),
              ...(lastNode ? { lastNodeExecuted: lastNode } : {}),
              error: failed.error as unknown as NodeErrorData,
            },
            workflow: { id: failed.workflowId, name: workflow.name },
          },
        },
      ],
    },
  });
}

/** The published error workflow's trigger, inside the same workspace. */
async function findErrorTrigger(workspaceId: string, workflowId: string) {
  try {
    const { versionId, workflow } = await getRunnableVersion(
      getWorkerScope(workspaceId),
      workflowId,
      'published',
    );
    const trigger = workflow.nodes.find(
      (n) => !n.disabled && findDefinition(n.type, n.version)?.startedBy === 'error',
    );
    return trigger ? { versionId, nodeId: trigger.id } : null;
  } catch (error) {
    if (error instanceof AppError) return null; // deleted, in another workspace, or never published
    throw error;
  }
}
