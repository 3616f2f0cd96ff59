import { countAttempt, forgetAttempts } from '../auth/attempts.ts';
import { hashPassword } from '../auth/password.ts';
import { LOGIN_TOKEN_PREFIX } from '../auth/scopes.ts';
import { loginAttemptsOf } from '../auth/sign-in.ts';
import { db } from '../db.ts';
import { env } from '../env.ts';
import { queueMail } from '../outbox/commands.ts';
import { composeMail } from '../outbox/compose.ts';
import { addJob } from '../queue/add-job.ts';
import { createToken, useToken } from './tokens.ts';

const LINK_MS = 3_600_000;
const MAX_MAILS = 5;
const WINDOW_MS = 3_600_000;

/**
 * Somebody forgot a password. What happens then happens in a job, so that the answer is the same, and takes as long,
 * whether there is such an account or not.
 */
export async function requestPasswordReset(email: string): Promise<void> {
  await addJob(db(), 'mail-password-reset', { email });
}

/** Mails the link to whoever has an account with this address; nobody else gets a mail. */
export async function mailPasswordReset(email: string): Promise<void> {
  if ((await countAttempt(`reset:${email}`, WINDOW_MS)) > MAX_MAILS) return;
  await db().$transaction(async (tx) => {
    const user = await tx.user.findUnique({ where: { email }, select: { id: true, name: true } });
    if (!user) return;
    const token = await createToken(tx, {
      userId: user.id,
      purpose: 'reset_password',
      email,
      lifeMs: LINK_MS,
    });
    await queueMail(
      tx,
      composeMail({
        to: email,
        subject: 'Choose a new password',
        paragraphs: [`Hello ${user.name},`, 'somebody, perhaps you, asked for a new password for LinkFlow.'],
        action: { label: 'Choose a new password', url: `${env().APP_URL}/reset-password?token=${token}` },
        note: 'The link is good for an hour, once. If it was not you, ignore this mail: your password stays as it is.',
      }),
    );
  });
}

/**
 * Sets the password of whoever got the mail. All sessions end, and a lock-out ends with them: the owner is back in. Throws
 * NOT_FOUND for a link that is not valid any more.
 */
export async function resetPassword(input: { token: string; password: string }): Promise<{ email: string }> {
  const passwordHash = await hashPassword(input.password);
  const email = await db().$transaction(async (tx) => {
    const { userId } = await useToken(tx, input.token, ['reset_password']);
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    await tx.user.update({
      where: { id: userId },
      // the link came by mail, so the address is theirs
      data: { passwordHash, emailVerifiedAt: user.emailVerifiedAt ?? new Date() },
    });
    await tx.session.deleteMany({ where: { userId } });
    await tx.apiKey.deleteMany({ where: { userId, prefix: { startsWith: LOGIN_TOKEN_PREFIX } } });
    await tx.accountToken.deleteMany({ where: { userId, purpose: 'verify_email' } });
    if (!user.emailVerifiedAt) {
      // whoever made the account may not be who has the mailbox, and must not keep a way in
      await tx.identity.deleteMany({ where: { userId } });
      await tx.apiKey.deleteMany({ where: { userId } });
    }
    await queueMail(tx, passwordChanged(user));
    return user.email;
  });
  await forgetAttempts(loginAttemptsOf(email));
  return { email };
}

/** Tells the owner, who may not have been the one who did it. */
export const passwordChanged = ({ email, name }: { email: string; name: string }) =>
  composeMail({
    to: email,
    subject: 'Your password was changed',
    paragraphs: [
      `Hello ${name},`,
      'the password of your LinkFlow account was changed, and other browsers were logged out.',
    ],
    note: `If it was not you, choose a new one at once: ${env().APP_URL}/forgot-password`,
  });
