import type { EngineEvent } from '#engine/events.ts';
import { reusableEvents } from '#engine/history.ts';
import { newId } from '#lib/id.ts';
import type { WorkspaceScope } from '../scope.ts';
import { adoptOutputs } from '../storage/adopt-outputs.ts';
import { type Accepted, acceptExecution, type TriggerData } from './accept.ts';

/**
 * Starts an ended execution again with its trigger data. With `events`, its journal, everything that had ended well is
 * taken over and not run again.
 */
export async function acceptRetry(
  scope: WorkspaceScope,
  ended: { id: string; workflowId: string; trigger: TriggerData },
  retry: { id?: string; versionId: string; events?: readonly EngineEvent[] },
): Promise<Accepted> {
  const id = retry.id ?? newId();
  return acceptExecution({
    id,
    workspaceId: scope.workspaceId,
    workflowId: ended.workflowId,
    versionId: retry.versionId,
    mode: 'retry',
    trigger: ended.trigger,
    retryOfId: ended.id,
    ...(retry.events ? { history: await adoptOutputs(reusableEvents(retry.events), id) } : {}),
  });
}
