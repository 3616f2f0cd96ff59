import { mintScope, type WorkspaceScope } from '../scope.ts';

/** The scope of work that belongs to no person: an execution acts inside its own workspace. */
export const getWorkerScope = (workspaceId: string): WorkspaceScope =>
  mintScope({ workspaceId, userId: null, role: 'member', plan: 'self-hosted' });
