import { db } from '../db.ts';
import type { WorkspaceScope } from '../scope.ts';

/** Keys of the workspace; members see their own. */
export const listApiKeys = (scope: WorkspaceScope) =>
  db().apiKey.findMany({
    where: {
      workspaceId: scope.workspaceId,
      ...(scope.role === 'owner' || scope.role === 'admin' ? {} : { userId: scope.userId! }),
    },
    orderBy: { createdAt: 'desc' },
    take: 500,
    select: {
      id: true,
      name: true,
      prefix: true,
      scopes: true,
      createdAt: true,
      lastUsedAt: true,
      expiresAt: true,
    },
  });
