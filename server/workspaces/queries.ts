import { db } from '../db.ts';
import type { WorkspaceScope } from '../scope.ts';

export const getWorkspace = (scope: WorkspaceScope) =>
  db().workspace.findUniqueOrThrow({
    where: { id: scope.workspaceId },
    select: { id: true, name: true, plan: true, concurrency: true, createdAt: true, seats: true },
  });
