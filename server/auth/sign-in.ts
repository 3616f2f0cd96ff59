import { newId } from '#lib/id.ts';
import { loginSchema } from '../accounts/schema.ts';
import { db } from '../db.ts';
import { countAttempt, forgetAttempts } from './attempts.ts';
import { verifyPassword } from './password.ts';
import { takeSecondFactor } from './second-factor.ts';

export const SESSION_MS = 30 * 86_400_000;
/** Under which failures to sign in are counted. */
export const loginAttemptsOf = (email: string): string => `login:${email}`;
const MAX_FAILURES = 10;
const WINDOW_MS = 15 * 60_000;

/** The password is right, and a code has to come with it: none did, or a wrong one. */
export class SecondFactorNeeded extends Error {
  readonly wasWrong: boolean;

  constructor(wasWrong: boolean) {
    super('A code is needed.');
    this.name = 'SecondFactorNeeded';
    this.wasWrong = wasWrong;
  }
}

/** The password is right, but an operator has blocked the account. */
export class AccountBlocked extends Error {
  constructor() {
    super('The account is blocked.');
    this.name = 'AccountBlocked';
  }
}

interface SignedIn {
  id: string;
  email: string;
  name: string;
}

/**
 * The user with this e-mail and password, or null. After ten failures in a quarter of an hour it is null for the rest of
 * it. Throws SecondFactorNeeded, AccountBlocked.
 */
export async function checkCredentials(input: unknown): Promise<SignedIn | null> {
  const parsed = loginSchema.safeParse(input);
  if (!parsed.success) return null;
  const { email, password, code } = parsed.data;
  const key = loginAttemptsOf(email);
  if ((await countAttempt(key, WINDOW_MS)) > MAX_FAILURES) return null;
  const user = await db().user.findUnique({
    where: { email },
    select: { id: true, email: true, name: true, passwordHash: true, totpEnabledAt: true, blockedAt: true },
  });
  if (!(await verifyPassword(user?.passwordHash ?? null, password)) || !user) return null;
  if (user.blockedAt) throw new AccountBlocked();
  if (user.totpEnabledAt && !(code && (await takeSecondFactor(user.id, code))))
    throw new SecondFactorNeeded(Boolean(code));
  await forgetAttempts(key);
  return { id: user.id, email: user.email, name: user.name };
}

/**
 * The same for somebody whom an identity provider has vouched for and whose code is still to come. Wrong codes count as
 * failures to sign in. Throws SecondFactorNeeded.
 */
export async function checkSecondFactor(userId: string, code: string): Promise<SignedIn | null> {
  const user = await db().user.findUnique({
    where: { id: userId, blockedAt: null },
    select: { id: true, email: true, name: true },
  });
  if (!user || (await countAttempt(loginAttemptsOf(user.email), WINDOW_MS)) > MAX_FAILURES) return null;
  if (!(await takeSecondFactor(userId, code))) throw new SecondFactorNeeded(true);
  await forgetAttempts(loginAttemptsOf(user.email));
  return user;
}

/** Opens a session; its id goes into the cookie. */
export async function openSession(userId: string, userAgent: string): Promise<string> {
  const id = newId();
  await db().session.create({
    data: { id, userId, userAgent: userAgent.slice(0, 300), expiresAt: new Date(Date.now() + SESSION_MS) },
  });
  return id;
}

export async function closeSession(id: string): Promise<void> {
  await db().session.deleteMany({ where: { id } });
}

/** The list of sessions needs it no more exactly than that. */
const USED_EVERY_MS = 5 * 60_000;

export interface Session {
  sessionId: string;
  userId: string;
  user: { id: string; email: string; name: string; isAdmin: boolean; emailVerified: boolean };
}

/** The session behind a cookie's id, or null when it was revoked, has expired or is of somebody who is blocked. */
export async function findSession(sessionId: string): Promise<Session | null> {
  const row = await db().session.findFirst({
    where: { id: sessionId, expiresAt: { gt: new Date() }, user: { blockedAt: null } },
    select: {
      id: true,
      usedAt: true,
      user: { select: { id: true, email: true, name: true, isAdmin: true, emailVerifiedAt: true } },
    },
  });
  if (!row) return null;
  if (Date.now() - row.usedAt.getTime() > USED_EVERY_MS)
    await db().session.updateMany({ where: { id: row.id }, data: { usedAt: new Date() } });
  const { emailVerifiedAt, ...user } = row.user;
  return {
    sessionId: row.id,
    userId: user.id,
    user: { ...user, emailVerified: emailVerifiedAt !== null },
  };
}
