import type { AdminScope } from '../api-keys/schema.ts';
import type { Session } from '../auth/sign-in.ts';
import { db } from '../db.ts';
import { AppError, notFound } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';

/** Who acts on the whole system. */
export interface Operator {
  userId: string;
  email: string;
  /** null: by an API key. */
  sessionId: string | null;
}

/** Throws NOT_FOUND for everybody else, as for a page that does not exist. */
export function operatorOfSession({ userId, sessionId, user }: Session): Operator {
  if (!user.isAdmin) throw notFound('page');
  return { userId, sessionId, email: user.email };
}

/**
 * The operator behind an API key that has this scope. Looked up at every call, so a key is worth nothing from the moment on
 * in which its owner is no operator any more. Throws FORBIDDEN.
 */
export async function operatorOfKey(scope: WorkspaceScope, needed: AdminScope): Promise<Operator> {
  if (!scope.apiScopes?.includes(needed))
    throw new AppError('FORBIDDEN', `This API key lacks the scope “${needed}”.`);
  const found = scope.userId && (await findOperator(scope.userId));
  if (!found) throw new AppError('FORBIDDEN', 'The owner of this API key is no operator.');
  return { ...found, sessionId: null };
}

/** null for everybody who is not, or is blocked. */
export async function findOperator(userId: string): Promise<{ userId: string; email: string } | null> {
  const user = await db().user.findFirst({
    where: { id: userId, isAdmin: true, blockedAt: null },
    select: { id: true, email: true },
  });
  return user && { userId: user.id, email: user.email };
}

/** For what a key must not be enough for. Throws FORBIDDEN. */
export function assertPerson({ sessionId }: Operator): void {
  if (sessionId === null)
    throw new AppError('FORBIDDEN', 'This needs an operator who is logged in; an API key is not enough.');
}
