import { newId } from '#lib/id.ts';
import { hashApiKey, scopeForApiKey, scopeForUser } from '../auth/scopes.ts';
import { findSession, type Session } from '../auth/sign-in.ts';
import { AppError } from '../errors.ts';
import { addressGroup } from '../http/caller-address.ts';
import type { LimitClass } from '../limits/policy.ts';
import { Tally } from '../limits/tally.ts';
import type { WorkspaceScope } from '../scope.ts';
import { countApiCall } from '../usage/api-calls.ts';

/** What a call brings along. Sessions and scopes are looked up when a procedure asks, once per call or batch. */
export interface Context {
  transport: 'trpc' | 'rest';
  /** Names the call in answers and logs. */
  requestId: string;
  /** `Idempotency-Key` of the call. */
  idempotencyKey: string | undefined;
  /** Who is counted for calls without a session or key; absent for calls from inside. */
  address: string | undefined;
  /** Hash of the API key, when there is one. */
  apiKey: string | undefined;
  tally: Tally;
  session(): Promise<Session | null>;
  scope(): Promise<WorkspaceScope>;
  /** Looks anew whether the caller may still be here, for what stays open. Throws UNAUTHORIZED, NOT_FOUND. */
  recheck(): Promise<WorkspaceScope>;
}

interface Caller {
  transport: Context['transport'];
  /** Plain `Authorization` header, when there is one. */
  authorization?: string | null;
  /** `X-Workspace-Id`, or what a subscription sent in its place. */
  workspaceId?: string | null;
  /** `X-Request-Id`, when the caller or a proxy gave it one. */
  requestId?: string | null;
  idempotencyKey?: string | null;
  /** As the listener found it (http/caller-address.ts). */
  address?: string | null;
  loadSession: () => Promise<Session | null>;
}

const REQUEST_ID = /^[\w.:-]{8,128}$/;

export function createContext(caller: Caller): Context {
  let session: Promise<Session | null> | undefined;
  let scope: Promise<WorkspaceScope> | undefined;
  const getSession = () => (session ??= caller.loadSession());
  const workspaceId = caller.workspaceId || undefined;
  const key = /^Bearer\s+(\S+)$/i.exec(caller.authorization ?? '')?.[1];
  const resolve = async (): Promise<WorkspaceScope> => {
    if (key !== undefined) return scopeForApiKey(key, workspaceId);
    const found = await getSession();
    if (!found)
      throw new AppError(
        'UNAUTHORIZED',
        caller.transport === 'rest' ? 'Send an API key: Authorization: Bearer lf_…' : 'Log in first.',
      );
    return scopeForUser(found.userId, workspaceId);
  };
  const recheck = async (): Promise<WorkspaceScope> => {
    if (key !== undefined) return scopeForApiKey(key, workspaceId);
    const known = await getSession();
    const found = known && (await findSession(known.sessionId));
    if (!found) throw new AppError('UNAUTHORIZED', 'Log in first.');
    // without a name it is the workspace that the call began in
    return scopeForUser(found.userId, (await scope)?.workspaceId ?? workspaceId);
  };
  return {
    recheck,
    transport: caller.transport,
    requestId: REQUEST_ID.test(caller.requestId ?? '') ? caller.requestId! : newId(),
    idempotencyKey: caller.idempotencyKey || undefined,
    address: caller.address ? addressGroup(caller.address) : undefined,
    apiKey: key === undefined ? undefined : hashApiKey(key),
    tally: new Tally(),
    session: getSession,
    scope: () => (scope ??= resolve()),
  };
}

/** The scope of a call, once it has been counted for whoever makes it. Throws TOO_MANY_REQUESTS. */
export async function countedScope(context: Context, name: LimitClass): Promise<WorkspaceScope> {
  const scope = await context.scope();
  if (context.apiKey !== undefined) countApiCall(scope.workspaceId);
  await context.tally.spend(name, {
    ...(context.apiKey === undefined ? { user: scope.userId ?? undefined } : { key: context.apiKey }),
    workspace: scope.workspaceId,
  });
  return scope;
}
