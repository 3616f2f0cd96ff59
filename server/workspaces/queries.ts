import { db } from '../db.ts';
import type { WorkspaceScope } from '../scope.ts';
import type { Workspace } from './schema.ts';

export const getWorkspace = (scope: WorkspaceScope): Promise<Workspace> =>
  db().workspace.findUniqueOrThrow({
    where: { id: scope.workspaceId },
    select: { id: true, name: true, plan: true, concurrency: true, createdAt: true, seats: true },
  });
