import { audit } from '../audit/store.ts';
import { db, type Transaction } from '../db.ts';
import { AppError } from '../errors.ts';
import { wakeExecutionIn } from '../executions/wake.ts';
import type { WorkspaceScope } from '../scope.ts';
import { findCall, recordCall } from './calls.ts';
import { readApprovalId, readApprovalToken, readResumeToken, type WaitRef } from './links.ts';
import { listOpenWaits } from './open-waits.ts';
import { type Asked, answerOf, findExecution, getAsked } from './queries.ts';
import type { Answer, Decision } from './schema.ts';

interface Wish {
  decision: Decision;
  comment: string;
}

/** The decision of whoever holds the link. Throws NOT_FOUND, or CONFLICT when it is too late to decide. */
export async function decideApproval(token: string, wish: Wish): Promise<Answer> {
  const ref = readApprovalToken(token);
  return decide(ref, await getAsked(ref), wish, null);
}

/** The decision of a member, recorded by name. Throws like `decideApproval`. */
export async function decideApprovalAs(scope: WorkspaceScope, id: string, wish: Wish): Promise<Answer> {
  const ref = readApprovalId(id);
  const asked = await getAsked(ref, scope);
  const member =
    scope.userId === null
      ? null
      : await db().user.findUnique({ where: { id: scope.userId }, select: { name: true } });
  return decide(ref, asked, wish, member?.name ?? null);
}

async function decide(ref: WaitRef, asked: Asked, wish: Wish, by: string | null): Promise<Answer> {
  if (asked.state !== 'open') throw tooLate(asked);
  const comment = asked.question.allowComment ? wish.comment : '';
  const { decision } = wish;
  const won = await db().$transaction(async (tx) => {
    const first = await recordCall(tx, ref, { decision, comment, by });
    if (first) {
      const after = { decision, node: ref.node, run: ref.run, byLink: by === null };
      await audit(tx, asked.scope, { action: 'approval.decide', subjectId: ref.executionId, after });
      await wakeExecutionIn(tx, ref.executionId);
    }
    return first;
  });
  if (!won) throw tooLate(await getAsked(ref));
  return { decision, comment, by, at: new Date() };
}

function tooLate({ state, call }: Asked): AppError {
  if (state === 'expired')
    return new AppError('CONFLICT', 'It is too late to decide: the question has expired.', { state });
  if (state !== 'decided' || !call)
    return new AppError('CONFLICT', 'Nobody waits for this decision any more.', { state });
  const answer = answerOf(call);
  const who = answer.by === null ? '' : ` by ${answer.by}`;
  return new AppError('CONFLICT', `This has already been ${answer.decision}${who}.`, { state, answer });
}

/**
 * A call to an execution's address: goes to the run that began to wait last. Throws NOT_FOUND for a link that was not
 * signed here, CONFLICT when nothing waits or somebody called already.
 */
export async function receiveResumeCall(token: string, data: unknown): Promise<void> {
  const executionId = readResumeToken(token);
  const execution = await findExecution(executionId);
  const waits = execution?.alive ? await listOpenWaits([executionId]) : [];
  const callable = waits.filter(
    ({ question, form, until }) => !question && !form && (until === null || until > Date.now()),
  );
  const ref = callable.find(({ called }) => !called);
  if (ref && (await db().$transaction((tx) => callIn(tx, ref, data)))) return;
  const called = ref ? await findCall(ref) : callable[0];
  if (!called) throw new AppError('CONFLICT', 'This execution does not wait for a call.');
  throw new AppError('CONFLICT', 'This execution has already been called.');
}

async function callIn(tx: Transaction, ref: WaitRef, data: unknown): Promise<boolean> {
  const first = await recordCall(tx, ref, data);
  if (first) await wakeExecutionIn(tx, ref.executionId);
  return first;
}
