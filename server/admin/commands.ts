import { audit } from '../audit/store.ts';
import { db, type Transaction } from '../db.ts';
import { AppError, notFound } from '../errors.ts';
import { log } from '../log.ts';
import { applyPlan } from '../plans/apply.ts';
import { lockWorkspace } from '../plans/publishing.ts';
import { assertPerson, type Operator } from './operator.ts';

/** What operators do to people is in the log: it belongs to no workspace. */
export const note = ({ email, sessionId }: Operator, action: string, about: Record<string, unknown>): void =>
  log.info({ admin: email, by: sessionId ? 'session' : 'api-key', action, ...about }, 'an operator acted');

const notOneself = (operator: Operator, id: string): void => {
  if (id === operator.userId) throw new AppError('CONFLICT', 'Ask another operator to do this to you.');
};

/** Two operators who take the right from each other at the same moment: the second one has none any more. */
async function assertStillOperator(tx: Transaction, { userId }: Operator): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from "user" where is_admin and blocked_at is null order by id for update`;
  if (!rows.some(({ id }) => id === userId)) throw notFound('page');
}

/** A key that leaked must not be able to lock out whoever could stop it. Throws FORBIDDEN. */
async function assertMayLockOut(tx: Transaction, operator: Operator, id: string): Promise<void> {
  const user = await tx.user.findUnique({ where: { id }, select: { isAdmin: true } });
  if (user?.isAdmin) assertPerson(operator);
}

/**
 * Nobody who is blocked gets in by any way: sessions end, API keys are refused for as long. Throws NOT_FOUND, CONFLICT for
 * oneself, FORBIDDEN for another operator by a key.
 */
export async function setBlocked(operator: Operator, id: string, blocked: boolean): Promise<void> {
  notOneself(operator, id);
  await db().$transaction(async (tx) => {
    await assertStillOperator(tx, operator);
    await assertMayLockOut(tx, operator, id);
    const { count } = await tx.user.updateMany({
      where: { id },
      data: { blockedAt: blocked ? new Date() : null },
    });
    if (count === 0) throw notFound('user');
    if (blocked) await tx.session.deleteMany({ where: { userId: id } });
  });
  note(operator, blocked ? 'user.block' : 'user.unblock', { userId: id });
}

/** Throws NOT_FOUND, CONFLICT for oneself: so there is always an operator left. */
export async function setAdmin(operator: Operator, id: string, isAdmin: boolean): Promise<void> {
  notOneself(operator, id);
  await db().$transaction(async (tx) => {
    await assertStillOperator(tx, operator);
    const { count } = await tx.user.updateMany({ where: { id }, data: { isAdmin } });
    if (count === 0) throw notFound('user');
  });
  note(operator, isAdmin ? 'user.make-operator' : 'user.unmake-operator', { userId: id });
}

/** Signs them out everywhere; how many browsers that were. Throws FORBIDDEN for an operator by a key. */
export async function endSessions(operator: Operator, id: string): Promise<{ ended: number }> {
  const { count } = await db().$transaction(async (tx) => {
    await assertMayLockOut(tx, operator, id);
    return tx.session.deleteMany({
      where: { userId: id, ...(operator.sessionId === null ? {} : { id: { not: operator.sessionId } }) },
    });
  });
  note(operator, 'user.end-sessions', { userId: id, ended: count });
  return { ended: count };
}

/** Members at most, invitations included, whatever the plan has; null: as the plan has. Those beyond stay, as viewers. Throws NOT_FOUND. */
export async function setSeats(
  operator: Operator,
  { id, seats }: { id: string; seats: number | null },
): Promise<void> {
  await db().$transaction(async (tx) => {
    await lockWorkspace(tx, id);
    const before = await tx.workspace.findUnique({ where: { id }, select: { seatsOverride: true } });
    if (!before) throw notFound('workspace');
    await tx.workspace.update({ where: { id }, data: { seatsOverride: seats } });
    await applyPlan(tx, id, operator.userId);
    await audit(
      tx,
      { workspaceId: id, userId: operator.userId },
      { action: 'workspace.set-seats', subjectId: id, before, after: { seatsOverride: seats } },
    );
  });
  note(operator, 'workspace.set-seats', { workspaceId: id, seats });
}
