import { AppError } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import type { Role } from '../workspaces/schema.ts';

/** Who owns a workspace is decided by people: with an API key, an owner changes members as an admin does. */
export const actorOf = ({ role, apiScopes }: Pick<WorkspaceScope, 'role' | 'apiScopes'>): Role =>
  apiScopes && role === 'owner' ? 'admin' : role;

/** Throws when this change would leave the workspace without an owner or lift somebody above the one who does it. */
export function assertMayChange(actor: Role, before: Role, after: Role | null, ownerCount: number): void {
  if (before === 'owner' && after !== 'owner' && ownerCount <= 1) {
    throw new AppError('CONFLICT', 'A workspace needs an owner. Make somebody else an owner first.');
  }
  if (actor !== 'owner' && (before === 'owner' || after === 'owner')) {
    throw new AppError('FORBIDDEN', 'Only an owner who is logged in may do this.');
  }
}

/** What a member may do now: somebody for whom there is no seat is a viewer until there is one. */
export const roleNow = ({ role, reducedAt }: { role: Role; reducedAt: Date | null }): Role =>
  reducedAt ? 'viewer' : role;
