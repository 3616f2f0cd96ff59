import { randomBytes } from 'node:crypto';
import { newId } from '#lib/id.ts';
import { findOperator } from '../admin/operator.ts';
import { audit } from '../audit/store.ts';
import { API_KEY_PREFIX, hashApiKey } from '../auth/scopes.ts';
import { db } from '../db.ts';
import { AppError, notFound } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { type ApiScope, isAdminScope } from './schema.ts';

const shown = {
  id: true,
  name: true,
  prefix: true,
  scopes: true,
  createdAt: true,
  lastUsedAt: true,
  expiresAt: true,
} as const;

/**
 * A key that acts as its maker in this workspace, within its scopes. Only its hash is stored. Throws FORBIDDEN for the
 * scopes of operators when they are none.
 */
export async function createApiKey(
  scope: WorkspaceScope,
  input: { name: string; scopes: readonly ApiScope[]; expiresInDays?: number },
) {
  const { userId } = scope;
  if (!userId) throw new AppError('FORBIDDEN', 'Only a person can make API keys.');
  if (input.scopes.some(isAdminScope) && !(await findOperator(userId)))
    throw new AppError(
      'FORBIDDEN',
      'Only operators can make keys with the scopes “admin:read” and “admin:write”.',
    );
  const key = API_KEY_PREFIX + randomBytes(24).toString('base64url');
  const row = await db().$transaction(async (tx) => {
    const created = await tx.apiKey.create({
      data: {
        id: newId(),
        workspaceId: scope.workspaceId,
        userId,
        name: input.name,
        prefix: key.slice(0, 9),
        hash: hashApiKey(key),
        scopes: [...input.scopes],
        expiresAt:
          input.expiresInDays === undefined ? null : new Date(Date.now() + input.expiresInDays * 86_400_000),
      },
      select: shown,
    });
    await audit(tx, scope, {
      action: 'api-key.create',
      subjectId: created.id,
      after: { name: input.name, scopes: input.scopes },
    });
    return created;
  });
  return { ...row, key };
}

export async function revokeApiKey(scope: WorkspaceScope, id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const own = scope.role === 'owner' || scope.role === 'admin' ? {} : { userId: scope.userId! };
    const { count } = await tx.apiKey.deleteMany({ where: { id, workspaceId: scope.workspaceId, ...own } });
    if (count === 0) throw notFound('API key');
    await audit(tx, scope, { action: 'api-key.revoke', subjectId: id });
  });
}
