import type { Session } from '../auth/sign-in.ts';
import { db } from '../db.ts';
import { AppError } from '../errors.ts';
import { assertPassword } from './profile.ts';
import { assertCode } from './two-factor.ts';

/** For an account without a password: so long after a log-in by an identity provider it is taken for them. */
const FRESH_MS = 10 * 60_000;

/** What somebody shows beside their session. */
export interface Proof {
  password?: string | undefined;
  code?: string | undefined;
}

/**
 * For what a stolen session must not be enough for: asks for the password, or for a log-in a moment ago where there is none,
 * and for a code where two-factor login is on. Throws FORBIDDEN (with `logInAgain` for the second), TOO_MANY_REQUESTS.
 */
export async function assertItIsThem({ userId, sessionId }: Session, proof: Proof): Promise<void> {
  const user = await db().user.findUniqueOrThrow({
    where: { id: userId },
    select: { passwordHash: true, totpEnabledAt: true },
  });
  if (user.passwordHash !== null) await assertPassword(userId, proof.password ?? '');
  else await assertFresh(sessionId);
  if (user.totpEnabledAt) await assertCode(userId, proof.code ?? '');
}

async function assertFresh(sessionId: string): Promise<void> {
  const session = await db().session.findUnique({ where: { id: sessionId }, select: { createdAt: true } });
  if (session && Date.now() - session.createdAt.getTime() < FRESH_MS) return;
  throw new AppError('FORBIDDEN', 'For this, log in again first. It has been more than ten minutes.', {
    logInAgain: true,
  });
}
