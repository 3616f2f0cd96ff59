import { newId } from '#lib/id.ts';
import { audit } from '../audit/store.ts';
import { db } from '../db.ts';
import type { WorkspaceScope } from '../scope.ts';

/** A new workspace that belongs to this user. */
export async function createWorkspace(userId: string, name: string): Promise<{ id: string; name: string }> {
  const id = newId();
  await db().$transaction(async (tx) => {
    await tx.workspace.create({ data: { id, name } });
    await tx.member.create({ data: { workspaceId: id, userId, role: 'owner' } });
    await audit(
      tx,
      { workspaceId: id, userId },
      { action: 'workspace.create', subjectId: id, after: { name } },
    );
  });
  return { id, name };
}

export async function updateWorkspace(
  scope: WorkspaceScope,
  name: string,
): Promise<{ id: string; name: string }> {
  const id = scope.workspaceId;
  await db().$transaction(async (tx) => {
    const before = await tx.workspace.findUniqueOrThrow({ where: { id }, select: { name: true } });
    await tx.workspace.update({ where: { id }, data: { name } });
    await audit(tx, scope, { action: 'workspace.update', subjectId: id, before, after: { name } });
  });
  return { id, name };
}
