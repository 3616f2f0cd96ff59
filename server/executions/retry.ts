import type { EngineEvent } from '#engine/events.ts';
import { reusableEvents } from '#engine/history.ts';
import type { WorkspaceScope } from '../scope.ts';
import { type Accepted, acceptExecution, type TriggerData } from './accept.ts';

/**
 * Starts an ended execution again with its trigger data. With `events`, its journal, everything that had ended well is
 * taken over and not run again.
 */
export const acceptRetry = (
  scope: WorkspaceScope,
  ended: { id: string; workflowId: string; trigger: TriggerData },
  retry: { id?: string; versionId: string; events?: readonly EngineEvent[] },
): Promise<Accepted> =>
  acceptExecution({
    workspaceId: scope.workspaceId,
    workflowId: ended.workflowId,
    versionId: retry.versionId,
    mode: 'retry',
    trigger: ended.trigger,
    retryOfId: ended.id,
    ...(retry.id ? { id: retry.id } : {}),
    ...(retry.events ? { history: reusableEvents(retry.events) } : {}),
  });
