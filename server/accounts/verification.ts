import { countAttempt } from '../auth/attempts.ts';
import { db, type Transaction } from '../db.ts';
import { env } from '../env.ts';
import { AppError } from '../errors.ts';
import { queueMail } from '../outbox/commands.ts';
import { composeMail } from '../outbox/compose.ts';
import { createToken, useToken } from './tokens.ts';

const LINK_MS = 3 * 86_400_000;
const MAX_MAILS = 5;
const WINDOW_MS = 3_600_000;

/** Mails the link that proves that the address is theirs. */
export async function mailVerification(
  tx: Transaction,
  user: { id: string; email: string; name: string },
): Promise<void> {
  const { id: userId, email, name } = user;
  const token = await createToken(tx, { userId, purpose: 'verify_email', email, lifeMs: LINK_MS });
  await queueMail(
    tx,
    composeMail({
      to: email,
      subject: 'Confirm your e-mail address',
      paragraphs: [`Hello ${name},`, 'please confirm that this is your address.'],
      action: { label: 'Confirm the address', url: `${env().APP_URL}/verify-email?token=${token}` },
      note: 'The link is good for three days. If you did not sign up for LinkFlow, you can ignore this mail.',
    }),
  );
}

/** Sends the link once more. Throws TOO_MANY_REQUESTS. */
export async function requestVerification(userId: string): Promise<void> {
  if ((await countAttempt(`verify:${userId}`, WINDOW_MS)) > MAX_MAILS)
    throw new AppError('TOO_MANY_REQUESTS', 'Several mails are on their way already. Try again in an hour.');
  await db().$transaction(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    if (!user.emailVerifiedAt) await mailVerification(tx, user);
  });
}

/** Takes a link of a verification mail, or of a change of the address. Throws NOT_FOUND, CONFLICT. */
export async function verifyEmail(secret: string): Promise<{ email: string }> {
  return db().$transaction(async (tx) => {
    const { userId, purpose, email } = await useToken(tx, secret, ['verify_email', 'change_email']);
    const emailVerifiedAt = new Date();
    if (purpose === 'change_email') {
      if (await tx.user.findUnique({ where: { email } }))
        throw new AppError('CONFLICT', 'There is another account with this e-mail address by now.');
      await tx.user.update({ where: { id: userId }, data: { email, emailVerifiedAt } });
    } else {
      // the address may have changed since the mail went out
      const { count } = await tx.user.updateMany({ where: { id: userId, email }, data: { emailVerifiedAt } });
      if (count === 0) throw new AppError('NOT_FOUND', 'This link is not valid any more. Ask for a new one.');
    }
    return { email };
  });
}
