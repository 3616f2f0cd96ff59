import { createHash } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { db } from '../db.ts';
import { unseal } from './secret-box.ts';

const PURPOSE = 'totp';
const PERIOD_S = 30;
/** Clocks of phones may be off by so many periods. */
const WINDOW = 1;

/** What authenticator apps use everywhere (RFC 6238): SHA-1, six digits, half a minute. */
export const totpOf = (secret: string, label?: string): TOTP =>
  new TOTP({
    secret: Secret.fromBase32(secret),
    issuer: 'LinkFlow',
    algorithm: 'SHA1',
    digits: 6,
    period: PERIOD_S,
    ...(label === undefined ? {} : { label }),
  });

export { PURPOSE as TOTP_PURPOSE };

/** Codes are typed with spaces and dashes, in whatever case; they hold 80 random bits, so a plain hash is enough. */
export const hashRecoveryCode = (code: string): string =>
  createHash('sha256')
    .update(code.replace(/[^a-z0-9]/gi, '').toLowerCase())
    .digest('hex');

/** The time step that a code belongs to; null for a wrong one. */
export function stepOf(secret: string, code: string, nowMs = Date.now()): number | null {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totpOf(secret).validate({ token, timestamp: nowMs, window: WINDOW });
  return delta === null ? null : Math.floor(nowMs / 1000 / PERIOD_S) + delta;
}

/** Whether this is a code of the user's app, or one of the recovery codes; either is good once. */
export async function takeSecondFactor(userId: string, code: string): Promise<boolean> {
  const user = await db().user.findUnique({ where: { id: userId }, select: { totpSecret: true } });
  if (!user?.totpSecret) return false;
  const step = stepOf(unseal(PURPOSE, userId, user.totpSecret), code);
  if (step === null) {
    const { count } = await db().recoveryCode.deleteMany({
      where: { userId, codeHash: hashRecoveryCode(code) },
    });
    return count > 0;
  }
  // of two at once with the same code, one changes the row
  const { count } = await db().user.updateMany({
    where: { id: userId, OR: [{ totpLastStep: null }, { totpLastStep: { lt: step } }] },
    data: { totpLastStep: step },
  });
  return count > 0;
}
