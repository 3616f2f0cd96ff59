import { getWorkerScope } from '../auth/worker-scope.ts';
import { db } from '../db.ts';
import { notFound } from '../errors.ts';
import { PERMISSIONS, type WorkspaceScope } from '../scope.ts';
import { findCall, type RecordedCall } from './calls.ts';
import { approvalId, approvalUrl, readApprovalToken, type WaitRef } from './links.ts';
import { type AskedQuestion, findQuestion, listOpenWaits } from './open-waits.ts';
import type { Answer, Approval, ApprovalView } from './schema.ts';

/** Executions whose journals one page of open questions may cost. */
const MAX_EXECUTIONS = 100;

/** Open questions of the workspace, the newest first; of the executions that have not ended, the newest are looked at. */
export async function listPendingApprovals(scope: WorkspaceScope): Promise<Approval[]> {
  const executions = await db().$queryRaw<{ id: string; workflowId: string; workflowName: string | null }[]>`
    select a.execution_id as id, a.workflow_id as "workflowId", w.name as "workflowName"
    from active_execution a left join workflow w on w.id = a.workflow_id
    where a.workspace_id = ${scope.workspaceId}::uuid and a.last_seq > 0 and not a.cancel_requested
    order by (a.status = 'waiting') desc, a.queued_at desc limit ${MAX_EXECUTIONS}`;
  const byId = new Map(executions.map((e) => [e.id, e]));
  const now = Date.now();
  const waits = await listOpenWaits([...byId.keys()]);
  const mayDecide = decides(scope);
  return waits.flatMap(({ question, called, since, until, ...ref }) => {
    const execution = byId.get(ref.executionId);
    if (!execution || !question || called || (until !== null && until <= now)) return [];
    return [
      {
        id: approvalId(ref),
        executionId: ref.executionId,
        workflowId: execution.workflowId,
        workflowName: execution.workflowName ?? 'Deleted workflow',
        ...question,
        since: new Date(since),
        until: until === null ? null : new Date(until),
        url: mayDecide ? approvalUrl(ref) : null,
      },
    ];
  });
}

/** The link decides as well as a click does, so those who may only look do not get it. */
const decides = ({ role, apiScopes }: WorkspaceScope): boolean =>
  (PERMISSIONS['executions:write'] as readonly string[]).includes(role) &&
  (apiScopes === null || apiScopes.includes('executions:write'));

/** What the holder of the link sees. Needs no scope: the token is the proof. Throws NOT_FOUND. */
export async function getApproval(token: string): Promise<ApprovalView> {
  const ref = readApprovalToken(token);
  const { question, workflowName, until, state, call } = await getAsked(ref);
  return {
    workflowName,
    ...question,
    until: until === null ? null : new Date(until),
    state,
    answer: call && state === 'decided' ? answerOf(call) : null,
  };
}

export interface Asked extends AskedQuestion {
  scope: WorkspaceScope;
  workflowName: string;
  state: ApprovalView['state'];
  call: RecordedCall | null;
}

/** A question with its state. `within` limits it to a workspace; else the caller has proof of its own. Throws NOT_FOUND. */
export async function getAsked(ref: WaitRef, within?: WorkspaceScope): Promise<Asked> {
  const execution = await findExecution(ref.executionId);
  if (!execution || (within && execution.workspaceId !== within.workspaceId)) throw notFound('approval');
  const [asked, call] = await Promise.all([findQuestion(ref), findCall(ref)]);
  if (!asked) throw notFound('approval');
  return {
    ...asked,
    scope: within ?? getWorkerScope(execution.workspaceId),
    workflowName: execution.workflowName ?? 'Deleted workflow',
    state: stateOf(asked, call, execution.alive),
    call,
  };
}

function stateOf(
  { until, open }: AskedQuestion,
  call: RecordedCall | null,
  alive: boolean,
): ApprovalView['state'] {
  if (call) return call.expired ? 'expired' : 'decided';
  if (until !== null && until <= Date.now()) return 'expired';
  return open && alive ? 'open' : 'closed';
}

/** Whose it is and whether it may still be called. No scope: whoever asks has a signed link, or checks the workspace. */
export async function findExecution(id: string) {
  const rows = await db().$queryRaw<{ workspaceId: string; workflowName: string | null; alive: boolean }[]>`
    select e.workspace_id as "workspaceId", w.name as "workflowName",
      a.execution_id is not null and not a.cancel_requested as alive
    from execution e left join active_execution a on a.execution_id = e.id left join workflow w on w.id = e.workflow_id
    where e.id = ${id}::uuid`;
  return rows[0] ?? null;
}

export function answerOf({ data, at }: RecordedCall): Answer {
  const { decision, comment, by } = data as Partial<Answer>;
  return {
    decision: decision === 'approved' ? 'approved' : 'rejected',
    comment: comment ?? '',
    by: by ?? null,
    at,
  };
}
