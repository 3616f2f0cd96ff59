import type { ApiScope } from './api-keys/schema.ts';
import { AppError } from './errors.ts';
import type { Role } from './workspaces/schema.ts';

declare const minted: unique symbol;

/**
 * Proof that the caller belongs to the workspace: the first argument of every query and command. Minted only from a
 * session, an API key or, in the worker, from an execution's own row.
 */
export interface WorkspaceScope {
  readonly [minted]: true;
  readonly workspaceId: string;
  readonly userId: string | null;
  readonly role: Role;
  readonly plan: string;
  /** null: a person or the worker; an API key has only what it was given. */
  readonly apiScopes: readonly ApiScope[] | null;
}

export function mintScope(facts: {
  workspaceId: string;
  userId: string | null;
  role: Role;
  plan: string;
  apiScopes?: readonly ApiScope[] | null;
}): WorkspaceScope {
  return { apiScopes: null, ...facts } as unknown as WorkspaceScope;
}

/** What one may do in a workspace. The one table that tRPC, REST and the pages read. */
export const PERMISSIONS = {
  'workflows:read': ['owner', 'admin', 'member', 'viewer'],
  'workflows:write': ['owner', 'admin', 'member'],
  'executions:read': ['owner', 'admin', 'member', 'viewer'],
  'executions:write': ['owner', 'admin', 'member'],
  'tables:read': ['owner', 'admin', 'member', 'viewer'],
  'tables:write': ['owner', 'admin', 'member'],
  'files:read': ['owner', 'admin', 'member', 'viewer'],
  'files:write': ['owner', 'admin', 'member'],
  'members:read': ['owner', 'admin', 'member', 'viewer'],
  'members:write': ['owner', 'admin'],
  'audit:read': ['owner', 'admin'],
  'credentials:read': ['owner', 'admin', 'member', 'viewer'],
  'credentials:write': ['owner', 'admin', 'member'],
  'billing:read': ['owner', 'admin'],
  'billing:write': ['owner', 'admin'],
  'workspace:write': ['owner', 'admin'],
  'api-keys:write': ['owner', 'admin', 'member'],
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof PERMISSIONS;

/** Throws FORBIDDEN with the reason. */
export function authorize(scope: WorkspaceScope, permission: Permission): void {
  if (!(PERMISSIONS[permission] as readonly Role[]).includes(scope.role)) {
    throw new AppError(
      'FORBIDDEN',
      `The role “${scope.role}” may not do this. Ask an admin of the workspace.`,
    );
  }
  if (scope.apiScopes && !(scope.apiScopes as readonly string[]).includes(permission)) {
    throw new AppError('FORBIDDEN', `This API key lacks the scope “${permission}”.`);
  }
}
