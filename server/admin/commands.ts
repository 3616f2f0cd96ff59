import { audit } from '../audit/store.ts';
import type { Session } from '../auth/sign-in.ts';
import { db, type Transaction } from '../db.ts';
import { AppError, notFound } from '../errors.ts';
import { log } from '../log.ts';

/** What operators do to people is in the log: it belongs to no workspace. */
const note = ({ user }: Session, action: string, about: Record<string, unknown>): void =>
  log.info({ admin: user.email, action, ...about }, 'an operator acted');

const notOneself = (session: Session, id: string): void => {
  if (id === session.userId) throw new AppError('CONFLICT', 'Ask another operator to do this to you.');
};

/** Two operators who take the right from each other at the same moment: the second one has none any more. */
async function assertStillOperator(tx: Transaction, { userId }: Session): Promise<void> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select id from "user" where is_admin and blocked_at is null order by id for update`;
  if (!rows.some(({ id }) => id === userId)) throw notFound('page');
}

/** Nobody who is blocked gets in by any way: sessions end, API keys are refused for as long. Throws NOT_FOUND, CONFLICT for oneself. */
export async function setBlocked(session: Session, id: string, blocked: boolean): Promise<void> {
  notOneself(session, id);
  await db().$transaction(async (tx) => {
    await assertStillOperator(tx, session);
    const { count } = await tx.user.updateMany({
      where: { id },
      data: { blockedAt: blocked ? new Date() : null },
    });
    if (count === 0) throw notFound('user');
    if (blocked) await tx.session.deleteMany({ where: { userId: id } });
  });
  note(session, blocked ? 'user.block' : 'user.unblock', { userId: id });
}

/** Throws NOT_FOUND, CONFLICT for oneself: so there is always an operator left. */
export async function setAdmin(session: Session, id: string, isAdmin: boolean): Promise<void> {
  notOneself(session, id);
  await db().$transaction(async (tx) => {
    await assertStillOperator(tx, session);
    const { count } = await tx.user.updateMany({ where: { id }, data: { isAdmin } });
    if (count === 0) throw notFound('user');
  });
  note(session, isAdmin ? 'user.make-operator' : 'user.unmake-operator', { userId: id });
}

/** Signs them out everywhere; how many browsers that were. */
export async function endSessions(session: Session, id: string): Promise<{ ended: number }> {
  const { count } = await db().session.deleteMany({
    where: { userId: id, id: { not: session.sessionId } },
  });
  note(session, 'user.end-sessions', { userId: id, ended: count });
  return { ended: count };
}

/** Members at most, invitations included; those who are there stay. Throws NOT_FOUND. */
export async function setSeats(
  session: Session,
  { id, seats }: { id: string; seats: number | null },
): Promise<void> {
  await db().$transaction(async (tx) => {
    const before = await tx.workspace.findUnique({ where: { id }, select: { seats: true } });
    if (!before) throw notFound('workspace');
    await tx.workspace.update({ where: { id }, data: { seats } });
    await audit(
      tx,
      { workspaceId: id, userId: session.userId },
      { action: 'workspace.set-seats', subjectId: id, before, after: { seats } },
    );
  });
  note(session, 'workspace.set-seats', { workspaceId: id, seats });
}
