import { countAttempt, forgetAttempts } from '../auth/attempts.ts';
import { hashPassword, verifyPassword } from '../auth/password.ts';
import { LOGIN_TOKEN_PREFIX } from '../auth/scopes.ts';
import type { Session } from '../auth/sign-in.ts';
import { db } from '../db.ts';
import { env } from '../env.ts';
import { AppError } from '../errors.ts';
import { queueMail } from '../outbox/commands.ts';
import { composeMail } from '../outbox/compose.ts';
import { passwordChanged } from './password-reset.ts';
import { createToken } from './tokens.ts';

const LINK_MS = 86_400_000;
const MAX_FAILURES = 10;
const WINDOW_MS = 15 * 60_000;

export async function rename({ userId }: Session, name: string): Promise<void> {
  await db().user.update({ where: { id: userId }, data: { name } });
}

/** All other sessions end. Throws FORBIDDEN for a wrong password, TOO_MANY_REQUESTS after some of them. */
export async function changePassword(
  session: Session,
  { current, password }: { current: string; password: string },
): Promise<void> {
  const { userId, sessionId, user } = session;
  await assertPassword(userId, current);
  const passwordHash = await hashPassword(password);
  await db().$transaction(async (tx) => {
    await tx.user.update({ where: { id: userId }, data: { passwordHash } });
    await tx.session.deleteMany({ where: { userId, id: { not: sessionId } } });
    await tx.apiKey.deleteMany({ where: { userId, prefix: { startsWith: LOGIN_TOKEN_PREFIX } } });
    await tx.accountToken.deleteMany({ where: { userId, purpose: 'reset_password' } });
    await queueMail(tx, passwordChanged(user));
  });
}

/**
 * Mails a link to the new address; the account has it once that is opened. The old address is told. Throws FORBIDDEN,
 * TOO_MANY_REQUESTS. Whether somebody else has the address is not said here: that would tell strangers who has an account.
 */
export async function requestEmailChange(
  { userId, user }: Session,
  { password, email }: { password: string; email: string },
): Promise<void> {
  await assertPassword(userId, password);
  await db().$transaction(async (tx) => {
    const token = await createToken(tx, { userId, purpose: 'change_email', email, lifeMs: LINK_MS });
    await queueMail(
      tx,
      composeMail({
        to: email,
        subject: 'Confirm your new e-mail address',
        paragraphs: [
          `Hello ${user.name},`,
          'please confirm that your LinkFlow account shall have this address.',
        ],
        action: { label: 'Confirm the address', url: `${env().APP_URL}/verify-email?token=${token}` },
        note: 'The link is good for a day. If it was not you, ignore this mail.',
      }),
    );
    await queueMail(
      tx,
      composeMail({
        to: user.email,
        subject: 'Your e-mail address is about to change',
        paragraphs: [`Hello ${user.name},`, `your LinkFlow account is about to get the address ${email}.`],
        note: `If it was not you, choose a new password at once: ${env().APP_URL}/forgot-password`,
      }),
    );
  });
}

/** For what a stolen session must not be enough for. Throws FORBIDDEN, TOO_MANY_REQUESTS. */
export async function assertPassword(userId: string, password: string): Promise<void> {
  const key = `password:${userId}`;
  if ((await countAttempt(key, WINDOW_MS)) > MAX_FAILURES)
    throw new AppError('TOO_MANY_REQUESTS', 'Too many wrong passwords. Try again in a quarter of an hour.');
  const user = await db().user.findUniqueOrThrow({ where: { id: userId }, select: { passwordHash: true } });
  if (!(await verifyPassword(user.passwordHash, password)))
    throw new AppError('FORBIDDEN', 'This is not your password.');
  await forgetAttempts(key);
}
