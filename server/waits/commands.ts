import { audit } from '../audit/store.ts';
import { db } from '../db.ts';
import { AppError } from '../errors.ts';
import { wakeForCall } from '../executions/wake.ts';
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
  if (asked.state !== 'open') throw await tooLate(ref, asked);
  const comment = asked.question.allowComment ? wish.comment : '';
  const { decision } = wish;
  const won = await db().$transaction(async (tx) => {
    const first = await recordCall(tx, ref, { decision, comment, by });
    if (first) {
      const after = { decision, node: ref.node, run: ref.run, byLink: by === null };
      await audit(tx, asked.scope, { action: 'approval.decide', subjectId: ref.executionId, after });
    }
    return first;
  });
  if (!won) throw await tooLate(ref, await getAsked(ref));
  await wakeForCall(ref.executionId);
  return { decision, comment, by, at: new Date() };
}

async function tooLate(ref: WaitRef, { state, call, open }: Asked): Promise<AppError> {
  if (state === 'expired')
    return new AppError('CONFLICT', 'It is too late to decide: the question has expired.', { state });
  if (state !== 'decided' || !call)
    return new AppError('CONFLICT', 'Nobody waits for this decision any more.', { state });
  // whoever decided may have gone down before waking the execution; to wake it twice does no harm
  if (open) await wakeForCall(ref.executionId);
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
    ({ question, until }) => question === null && (until === null || until > Date.now()),
  );
  const ref = callable.find(({ called }) => !called);
  if (ref && (await db().$transaction((tx) => recordCall(tx, ref, data)))) {
    await wakeForCall(executionId);
    return;
  }
  const called = ref ? await findCall(ref) : callable[0];
  if (!called) throw new AppError('CONFLICT', 'This execution does not wait for a call.');
  await wakeForCall(executionId); // as in tooLate
  throw new AppError('CONFLICT', 'This execution has already been called.');
}
