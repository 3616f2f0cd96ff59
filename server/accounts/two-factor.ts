import { randomBytes } from 'node:crypto';
import { Secret } from 'otpauth';
import { renderSVG } from 'uqr';
import { newId } from '#lib/id.ts';
import { countAttempt, forgetAttempts } from '../auth/attempts.ts';
import { hashRecoveryCode, stepOf, TOTP_PURPOSE, takeSecondFactor, totpOf } from '../auth/second-factor.ts';
import { seal, unseal } from '../auth/secret-box.ts';
import type { Session } from '../auth/sign-in.ts';
import { db, type Transaction } from '../db.ts';
import { env } from '../env.ts';
import { AppError } from '../errors.ts';
import { queueMail } from '../outbox/commands.ts';
import { composeMail } from '../outbox/compose.ts';
import { assertPassword } from './profile.ts';

const RECOVERY_CODES = 10;
const MAX_FAILURES = 10;
const WINDOW_MS = 15 * 60_000;

export async function getTwoFactor({ userId }: Session) {
  const { totpEnabledAt, _count } = await db().user.findUniqueOrThrow({
    where: { id: userId },
    select: { totpEnabledAt: true, _count: { select: { recoveryCodes: true } } },
  });
  return { enabledAt: totpEnabledAt, recoveryCodes: _count.recoveryCodes };
}

/** A new secret for an authenticator app; nothing asks for it until a code of it was entered. Throws FORBIDDEN, CONFLICT. */
export async function startTwoFactor(
  { userId, user }: Session,
  password: string,
): Promise<{ secret: string; qrCode: string }> {
  await assertPassword(userId, password);
  const secret = new Secret({ size: 20 }).base32;
  const { count } = await db().user.updateMany({
    where: { id: userId, totpEnabledAt: null },
    data: { totpSecret: seal(TOTP_PURPOSE, userId, secret) },
  });
  if (count === 0) throw new AppError('CONFLICT', 'Two-factor login is on already.');
  return { secret, qrCode: renderSVG(totpOf(secret, user.email).toString(), { border: 2 }) };
}

/** Turns it on with a code of the app, and logs other browsers out. The recovery codes are in this answer only. */
export async function enableTwoFactor({ userId, sessionId, user }: Session, code: string): Promise<string[]> {
  await limitFailures(userId);
  return db().$transaction(async (tx) => {
    const { totpSecret, totpEnabledAt } = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    if (!totpSecret || totpEnabledAt) throw new AppError('CONFLICT', 'Start to set it up first.');
    const step = stepOf(unseal(TOTP_PURPOSE, userId, totpSecret), code);
    if (step === null) throw wrongCode();
    await tx.user.update({
      where: { id: userId },
      data: { totpEnabledAt: new Date(), totpLastStep: step },
    });
    await tx.session.deleteMany({ where: { userId, id: { not: sessionId } } });
    await queueMail(tx, changed(user, 'on'));
    await forgetAttempts(failuresOf(userId));
    return newRecoveryCodes(tx, userId);
  });
}

/** Throws FORBIDDEN for a wrong password or code. */
export async function disableTwoFactor(
  { userId, user }: Session,
  { password, code }: { password: string; code: string },
): Promise<void> {
  await assertPassword(userId, password);
  await assertCode(userId, code);
  await db().$transaction(async (tx) => {
    await tx.user.update({
      where: { id: userId },
      data: { totpSecret: null, totpEnabledAt: null, totpLastStep: null },
    });
    await tx.recoveryCode.deleteMany({ where: { userId } });
    await queueMail(tx, changed(user, 'off'));
  });
}

/** New recovery codes; the old ones are void. Throws FORBIDDEN for a wrong code. */
export async function renewRecoveryCodes({ userId }: Session, code: string): Promise<string[]> {
  await assertCode(userId, code);
  return db().$transaction((tx) => newRecoveryCodes(tx, userId));
}

async function newRecoveryCodes(tx: Transaction, userId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () =>
    randomBytes(10)
      .toString('hex')
      .replace(/(.{5})(?=.)/g, '$1-'),
  );
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ id: newId(), userId, codeHash: hashRecoveryCode(code) })),
  });
  return codes;
}

/** Throws FORBIDDEN for a code that is wrong or was used, TOO_MANY_REQUESTS. */
export async function assertCode(userId: string, code: string): Promise<void> {
  await limitFailures(userId);
  if (!(await takeSecondFactor(userId, code))) throw wrongCode();
  await forgetAttempts(failuresOf(userId));
}

async function limitFailures(userId: string): Promise<void> {
  if ((await countAttempt(failuresOf(userId), WINDOW_MS)) > MAX_FAILURES)
    throw new AppError('TOO_MANY_REQUESTS', 'Too many wrong codes. Try again in a quarter of an hour.');
}
const failuresOf = (userId: string): string => `second-factor:${userId}`;
const wrongCode = () => new AppError('FORBIDDEN', 'This code is not right, or it was used already.');

const changed = ({ email, name }: { email: string; name: string }, state: 'on' | 'off') =>
  composeMail({
    to: email,
    subject: `Two-factor login was turned ${state}`,
    paragraphs: [
      `Hello ${name},`,
      `logging in to your LinkFlow account now asks for ${state === 'on' ? 'a code as well' : 'a password only'}.`,
    ],
    note: `If it was not you, choose a new password at once: ${env().APP_URL}/forgot-password`,
  });
