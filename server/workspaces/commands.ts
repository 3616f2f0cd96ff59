import { newId } from '#lib/id.ts';
import { audit } from '../audit/store.ts';
import { db } from '../db.ts';
import { ring } from '../executions/wake.ts';
import { applyPlan } from '../plans/apply.ts';
import { defaultPlan } from '../plans/default-plan.ts';
import type { WorkspaceScope } from '../scope.ts';
import { getWorkspace } from './queries.ts';
import type { Workspace, WorkspaceChange } from './schema.ts';

/** A new workspace that belongs to this user. */
export async function createWorkspace(userId: string, name: string): Promise<{ id: string; name: string }> {
  const id = newId();
  await db().$transaction(async (tx) => {
    await tx.workspace.create({ data: { id, name, plan: defaultPlan() } });
    await tx.member.create({ data: { workspaceId: id, userId, role: 'owner' } });
    await applyPlan(tx, id);
    await audit(
      tx,
      { workspaceId: id, userId },
      { action: 'workspace.create', subjectId: id, after: { name } },
    );
  });
  return { id, name };
}

/** Changes what is named. A new limit holds from the next start on; what runs already goes on. */
export async function updateWorkspace(scope: WorkspaceScope, change: WorkspaceChange): Promise<Workspace> {
  const id = scope.workspaceId;
  const select = { name: true, concurrency: true };
  await db().$transaction(async (tx) => {
    const before = await tx.workspace.findUniqueOrThrow({ where: { id }, select });
    const saved = await tx.workspace.update({ where: { id }, data: change, select });
    await audit(tx, scope, { action: 'workspace.update', subjectId: id, before, after: saved });
    if (saved.concurrency !== before.concurrency) await ring(tx); // a higher one may let in what waits
  });
  return getWorkspace(scope);
}
