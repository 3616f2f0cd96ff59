import { db } from '../db.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import type { WorkspaceScope } from '../scope.ts';
import type { AuditEntry, ListAudit } from './schema.ts';

/** A page of who did what, newest first. */
export async function listAudit(
  { workspaceId }: WorkspaceScope,
  { subject, cursor, limit }: ListAudit,
): Promise<{ data: AuditEntry[]; nextCursor: string | null }> {
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const rows = await db().auditEntry.findMany({
    where: {
      workspaceId,
      ...(subject ? { action: { startsWith: `${subject}.` } } : {}),
      ...(after ? { OR: [{ at: { lt: after.at } }, { at: after.at, id: { lt: after.id } }] } : {}),
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit + 1,
    select: { id: true, at: true, action: true, subjectId: true, userId: true, before: true, after: true },
  });
  const page = rows.slice(0, limit);
  const users = await db().user.findMany({
    where: { id: { in: [...new Set(page.flatMap(({ userId }) => userId ?? []))] } },
    select: { id: true, name: true, email: true },
  });
  const byId = new Map(users.map((user) => [user.id, user]));
  const last = page.at(-1);
  return {
    data: page.map(({ userId, ...entry }) => ({ ...entry, user: byId.get(userId ?? '') ?? null })),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.at, id: last.id }) : null,
  };
}
