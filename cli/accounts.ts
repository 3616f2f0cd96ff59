import { isId } from '#lib/id.ts';
import { scopeForUser } from '#server/auth/scopes.ts';
import { db } from '#server/db.ts';
import type { WorkspaceScope } from '#server/scope.ts';

/** Whoever can run this command has the database anyway; it acts as the people there, so that the audit log stays true. */
export async function scopeOfEmail(email: string, workspaceId?: string): Promise<WorkspaceScope> {
  const user = await db().user.findUnique({
    where: { email: email.trim().toLowerCase() },
    select: { id: true },
  });
  if (!user) throw new Error(`There is no account with the e-mail address ${email}.`);
  return scopeForUser(user.id, workspaceId);
}

export async function scopeOfWorkspace(workspaceId: string): Promise<WorkspaceScope> {
  if (!isId(workspaceId)) throw new Error(`“${workspaceId}” is not the id of a workspace.`);
  const owner = await db().member.findFirst({
    where: { workspaceId, role: 'owner' },
    orderBy: { createdAt: 'asc' },
    select: { userId: true },
  });
  if (!owner) throw new Error(`There is no workspace ${workspaceId}.`);
  return scopeForUser(owner.userId, workspaceId);
}

export async function scopeOfWorkflow(workflowId: string): Promise<WorkspaceScope> {
  if (!isId(workflowId)) throw new Error(`“${workflowId}” is not the id of a workflow.`);
  const workflow = await db().workflow.findUnique({
    where: { id: workflowId },
    select: { workspaceId: true },
  });
  if (!workflow) throw new Error(`There is no workflow ${workflowId}.`);
  return scopeOfWorkspace(workflow.workspaceId);
}
