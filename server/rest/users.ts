import type { z } from 'zod';
import { db } from '../db.ts';
import { AppError, notFound } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { createWorkspace } from '../workspaces/commands.ts';
import type { memberSchema, userSchema } from './auth-schema.ts';
import { isLoginToken } from './login-tokens.ts';

/** Whose key it is, and what it opens. */
export async function getOwnUser(
  { workspaceId, userId, role, apiScopes }: WorkspaceScope,
  hash: string,
): Promise<z.output<typeof userSchema>> {
  const [user, workspace, key] = await Promise.all([
    db().user.findUniqueOrThrow({
      where: { id: userId! },
      select: { id: true, name: true, email: true, emailVerifiedAt: true },
    }),
    db().workspace.findUniqueOrThrow({ where: { id: workspaceId }, select: { id: true, name: true } }),
    db().apiKey.findUniqueOrThrow({ where: { hash }, select: { expiresAt: true } }),
  ]);
  const { emailVerifiedAt, ...shown } = user;
  return {
    ...shown,
    emailVerified: emailVerifiedAt !== null,
    workspace: { ...workspace, role },
    key: { scopes: [...(apiScopes ?? [])], expiresAt: key.expiresAt },
  };
}

/** Only after a log-in: a key that was given to a script is for the workspace, not for the person. Throws FORBIDDEN. */
export async function renameOwnUser(
  scope: WorkspaceScope,
  hash: string,
  name: string,
): Promise<z.output<typeof userSchema>> {
  await assertLogin(hash);
  await db().user.update({ where: { id: scope.userId! }, data: { name } });
  return getOwnUser(scope, hash);
}

/** As for renaming: a key of one workspace makes no other. Throws FORBIDDEN. */
export async function createOwnWorkspace(
  scope: WorkspaceScope,
  hash: string,
  name: string,
): Promise<{ id: string; name: string }> {
  await assertLogin(hash);
  return createWorkspace(scope.userId!, name);
}

async function assertLogin(hash: string): Promise<void> {
  if (!(await isLoginToken(hash)))
    throw new AppError('FORBIDDEN', 'Log in by POST /auth/login for this; an API key is not enough.');
}

/** Throws NOT_FOUND for whoever is no member of the key's workspace. */
export async function getMember(
  { workspaceId }: WorkspaceScope,
  userId: string,
): Promise<z.output<typeof memberSchema>> {
  const member = await db().member.findUnique({
    where: { workspaceId_userId: { workspaceId, userId } },
    select: { role: true, createdAt: true, user: { select: { id: true, name: true } } },
  });
  if (!member) throw notFound('user');
  return { ...member.user, role: member.role, joinedAt: member.createdAt };
}
