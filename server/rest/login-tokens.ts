import { createHash, randomBytes } from 'node:crypto';
import type { z } from 'zod';
import { newId } from '#lib/id.ts';
import { API_SCOPES } from '../api-keys/schema.ts';
import { audit } from '../audit/store.ts';
import { hashApiKey, LOGIN_TOKEN_PREFIX, scopeForUser } from '../auth/scopes.ts';
import { AccountBlocked, checkCredentials, SESSION_MS, SecondFactorNeeded } from '../auth/sign-in.ts';
import { db } from '../db.ts';
import { AppError } from '../errors.ts';
import type { loginByApiSchema, Token } from './auth-schema.ts';

const TOKEN_MS = 3_600_000;

/**
 * Logs in by password, and by code where two-factor login is on, with the lock-out that the page has: an API key of an
 * hour. Throws UNAUTHORIZED (with `code: 'second-factor'` when only that is missing), FORBIDDEN, NOT_FOUND.
 */
export async function logIn(input: z.output<typeof loginByApiSchema>): Promise<Token> {
  const { workspaceId, ...credentials } = input;
  const user = await checkCredentials(credentials).catch(refuse);
  if (!user)
    throw new AppError(
      'UNAUTHORIZED',
      'E-mail address or password is wrong, or there were too many tries. Wait a quarter of an hour.',
    );
  const scope = await scopeForUser(user.id, workspaceId);
  const expiresAt = new Date(Date.now() + TOKEN_MS);
  const { token, prefix } = await newToken(user.id);
  await db().$transaction(async (tx) => {
    // those that are over are of no use to anybody
    await tx.apiKey.deleteMany({
      where: { userId: user.id, prefix: ofLogin, expiresAt: { lt: new Date() } },
    });
    const created = await tx.apiKey.create({
      data: {
        id: newId(),
        workspaceId: scope.workspaceId,
        userId: user.id,
        name: 'Log-in by API',
        prefix,
        hash: hashApiKey(token),
        scopes: [...API_SCOPES],
        expiresAt,
      },
    });
    await audit(tx, scope, { action: 'api-key.log-in', subjectId: created.id });
  });
  return { token, expiresAt };
}

function refuse(error: unknown): never {
  if (error instanceof AccountBlocked) throw new AppError('FORBIDDEN', 'This account is blocked.');
  if (!(error instanceof SecondFactorNeeded)) throw error;
  const message = error.wasWrong
    ? 'code: this code is not right, or it was used already.'
    : 'code: two-factor login is on. Send the code of the authenticator app, too.';
  throw new AppError('UNAUTHORIZED', message, { code: 'second-factor' });
}

/**
 * A new token for one that is still valid, which ends with that; not later than a session after the log-in, and not after
 * a new password. Throws UNAUTHORIZED.
 */
export async function refreshToken(hash: string): Promise<Token> {
  const row = await db().apiKey.findUnique({
    where: { hash, prefix: ofLogin },
    select: { userId: true, createdAt: true, prefix: true },
  });
  const last = row ? row.createdAt.getTime() + SESSION_MS : 0;
  if (!row || Date.now() >= last) throw over();
  const expiresAt = new Date(Math.min(Date.now() + TOKEN_MS, last));
  const { token, prefix } = await newToken(row.userId);
  if (prefix !== row.prefix) throw over();
  // of two at once with the same token, one changes the row
  const { count } = await db().apiKey.updateMany({
    where: { hash, expiresAt: { gt: new Date() } },
    data: { hash: hashApiKey(token), expiresAt },
  });
  if (count === 0) throw over();
  return { token, expiresAt };
}

/** The presented token or key is void from now on. */
export async function logOut(hash: string): Promise<void> {
  const { count } = await db().apiKey.deleteMany({ where: { hash, prefix: ofLogin } });
  if (count === 0)
    throw new AppError('FORBIDDEN', 'This is an API key. Revoke it in the workspace, under API keys.');
}

/** Whether it came from a log-in, so that whoever sends it has shown the password. */
export const isLoginToken = async (hash: string): Promise<boolean> =>
  (await db().apiKey.count({ where: { hash, prefix: ofLogin } })) > 0;

const ofLogin = { startsWith: LOGIN_TOKEN_PREFIX };
const over = () => new AppError('UNAUTHORIZED', 'This log-in is over. Log in again.');

async function newToken(userId: string): Promise<{ token: string; prefix: string }> {
  const prefix = LOGIN_TOKEN_PREFIX + (await proofOf(userId));
  return { prefix, token: `${prefix}.${randomBytes(24).toString('base64url')}` };
}

/** Changes with the password and with two-factor login, and tells nothing of them: the hash of a salted hash. */
async function proofOf(userId: string): Promise<string> {
  const { passwordHash, totpEnabledAt } = await db().user.findUniqueOrThrow({
    where: { id: userId },
    select: { passwordHash: true, totpEnabledAt: true },
  });
  const facts = JSON.stringify([userId, passwordHash, totpEnabledAt]);
  return createHash('sha256').update(facts).digest('base64url').slice(0, 12);
}
