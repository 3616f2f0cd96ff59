import { scopeForApiKey, scopeForUser } from '../auth/scopes.ts';
import type { Session } from '../auth/sign-in.ts';
import { AppError } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';

/** What a call brings along. Sessions and scopes are looked up when a procedure asks, once per call or batch. */
export interface Context {
  transport: 'trpc' | 'rest';
  /** `Idempotency-Key` of the call. */
  idempotencyKey: string | undefined;
  session(): Promise<Session | null>;
  scope(): Promise<WorkspaceScope>;
}

interface Caller {
  transport: Context['transport'];
  /** Plain `Authorization` header, when there is one. */
  authorization?: string | null;
  /** `X-Workspace-Id`, or what a subscription sent in its place. */
  workspaceId?: string | null;
  idempotencyKey?: string | null;
  loadSession: () => Promise<Session | null>;
}

export function createContext(caller: Caller): Context {
  let session: Promise<Session | null> | undefined;
  let scope: Promise<WorkspaceScope> | undefined;
  const getSession = () => (session ??= caller.loadSession());
  const workspaceId = caller.workspaceId || undefined;
  const resolve = async (): Promise<WorkspaceScope> => {
    const key = /^Bearer\s+(\S+)$/i.exec(caller.authorization ?? '')?.[1];
    if (key !== undefined) return scopeForApiKey(key, workspaceId);
    const found = await getSession();
    if (!found)
      throw new AppError(
        'UNAUTHORIZED',
        caller.transport === 'rest' ? 'Send an API key: Authorization: Bearer lf_…' : 'Log in first.',
      );
    return scopeForUser(found.userId, workspaceId);
  };
  return {
    transport: caller.transport,
    idempotencyKey: caller.idempotencyKey || undefined,
    session: getSession,
    scope: () => (scope ??= resolve()),
  };
}
