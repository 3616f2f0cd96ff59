import { signUp } from '#server/accounts/commands.ts';
import { scopeForUser } from '#server/auth/scopes.ts';
import { findSession, openSession } from '#server/auth/sign-in.ts';
import type { WorkspaceScope } from '#server/scope.ts';
import { createCaller } from '#server/trpc/app-router.ts';
import { createContext } from '#server/trpc/context.ts';

export interface Person {
  userId: string;
  workspaceId: string;
  email: string;
  sessionId: string;
  scope: WorkspaceScope;
  /** tRPC as this person, in their own workspace or in the named one. */
  caller(workspaceId?: string): ReturnType<typeof createCaller>;
}

let count = 0;

/** Somebody who has signed up. */
export async function createPerson(name = 'Ada'): Promise<Person> {
  const email = `${name.toLowerCase()}-${++count}@example.com`;
  const { userId, workspaceId } = await signUp({ email, password: 'correct horse battery', name });
  const sessionId = await openSession(userId, 'test');
  return {
    userId,
    workspaceId,
    email,
    sessionId,
    scope: await scopeForUser(userId, workspaceId),
    caller: (workspace = workspaceId) =>
      createCaller(
        createContext({
          transport: 'trpc',
          workspaceId: workspace,
          loadSession: () => findSession(sessionId),
        }),
      ),
  };
}

export const anonymous = () =>
  createCaller(createContext({ transport: 'trpc', loadSession: () => Promise.resolve(null) }));
