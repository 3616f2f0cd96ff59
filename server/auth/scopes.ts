import { createHash } from 'node:crypto';
import { isId } from '#lib/id.ts';
import type { ApiScope } from '../api-keys/schema.ts';
import { db } from '../db.ts';
import { AppError, notFound } from '../errors.ts';
import { mintScope, type WorkspaceScope } from '../scope.ts';

/** The scope of a member; NOT_FOUND for a workspace that the user is not in or that is deleted, as for one that does not exist. */
export async function scopeForUser(userId: string, workspaceId?: string): Promise<WorkspaceScope> {
  if (workspaceId !== undefined && !isId(workspaceId)) throw notFound('workspace');
  const member = await db().member.findFirst({
    where: {
      userId,
      ...(workspaceId === undefined ? {} : { workspaceId }),
      user: { blockedAt: null },
      workspace: { deletedAt: null },
    },
    orderBy: { createdAt: 'asc' },
    select: { workspaceId: true, role: true, workspace: { select: { plan: true } } },
  });
  if (!member) throw notFound('workspace');
  return mintScope({
    workspaceId: member.workspaceId,
    userId,
    role: member.role,
    plan: member.workspace.plan,
  });
}

export const API_KEY_PREFIX = 'lf_';
/** Keys hold 192 random bits, so a plain hash is enough: there is nothing to guess. */
export const hashApiKey = (key: string): string => createHash('sha256').update(key).digest('hex');

const LAST_USED_EVERY_MS = 60_000;

/** The scope of an API key: that of its member, cut down to the key's scopes. UNAUTHORIZED for an unknown or expired key. */
export async function scopeForApiKey(key: string, workspaceId?: string): Promise<WorkspaceScope> {
  const row = await db().apiKey.findUnique({
    where: { hash: hashApiKey(key) },
    select: { id: true, workspaceId: true, userId: true, scopes: true, expiresAt: true, lastUsedAt: true },
  });
  if (!row || (row.expiresAt && row.expiresAt < new Date()))
    throw new AppError('UNAUTHORIZED', 'This API key is not valid.');
  if (workspaceId !== undefined && workspaceId !== row.workspaceId) throw notFound('workspace');
  if (!row.lastUsedAt || Date.now() - row.lastUsedAt.getTime() > LAST_USED_EVERY_MS) {
    await db().apiKey.updateMany({ where: { id: row.id }, data: { lastUsedAt: new Date() } });
  }
  const scope = await scopeForUser(row.userId, row.workspaceId).catch(() => {
    throw new AppError('UNAUTHORIZED', 'This API key is not valid.'); // its owner has left the workspace or is blocked, or the workspace is deleted
  });
  return mintScope({ ...scope, apiScopes: row.scopes as ApiScope[] });
}
