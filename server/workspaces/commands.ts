import { newId } from '#lib/id.ts';
import { audit } from '../audit/store.ts';
import { db } from '../db.ts';
import { ring } from '../executions/wake.ts';
import type { WorkspaceScope } from '../scope.ts';
import type { WorkspaceChange } from './schema.ts';

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

/** Changes what is named. A new limit holds from the next start on; what runs already goes on. */
export async function updateWorkspace(
  scope: WorkspaceScope,
  change: WorkspaceChange,
): Promise<{ id: string; name: string; concurrency: number | null }> {
  const id = scope.workspaceId;
  const select = { name: true, concurrency: true };
  const after = await db().$transaction(async (tx) => {
    const before = await tx.workspace.findUniqueOrThrow({ where: { id }, select });
    const saved = await tx.workspace.update({ where: { id }, data: change, select });
    await audit(tx, scope, { action: 'workspace.update', subjectId: id, before, after: saved });
    if (saved.concurrency !== before.concurrency) await ring(tx); // a higher one may let in what waits
    return saved;
  });
  return { id, ...after };
}
