import type { Session } from '../auth/sign-in.ts';
import { db } from '../db.ts';
import { notFound } from '../errors.ts';

/** Where one is signed in, the latest use first. */
export async function listSessions({ userId, sessionId }: Session) {
  const rows = await db().session.findMany({
    where: { userId, expiresAt: { gt: new Date() } },
    orderBy: { usedAt: 'desc' },
    take: 100,
    select: { id: true, userAgent: true, createdAt: true, usedAt: true },
  });
  return rows.map((row) => ({ ...row, current: row.id === sessionId }));
}

/** Signs that browser out at its next request. Throws NOT_FOUND. */
export async function revokeSession({ userId }: Session, id: string): Promise<void> {
  const { count } = await db().session.deleteMany({ where: { id, userId } });
  if (count === 0) throw notFound('session');
}

/** Signs all other browsers out; how many there were. */
export async function revokeOtherSessions({ userId, sessionId }: Session): Promise<number> {
  const { count } = await db().session.deleteMany({ where: { userId, id: { not: sessionId } } });
  return count;
}
