import { createHash, randomBytes } from 'node:crypto';
import { newId } from '#lib/id.ts';
import type { Transaction } from '../db.ts';
import { AppError } from '../errors.ts';

/** What a link in a mail is for. */
export type TokenPurpose = 'verify_email' | 'change_email' | 'reset_password';

/** A token holds 256 random bits, so a plain hash is enough: there is nothing to guess. */
const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** A new token for a link in a mail to `email`; earlier ones for the same purpose are void. */
export async function createToken(
  tx: Transaction,
  token: { userId: string; purpose: TokenPurpose; email: string; lifeMs: number },
): Promise<string> {
  const { userId, purpose, email, lifeMs } = token;
  const secret = randomBytes(32).toString('base64url');
  await tx.accountToken.deleteMany({ where: { userId, purpose } });
  await tx.accountToken.create({
    data: {
      id: newId(),
      userId,
      purpose,
      email,
      tokenHash: hashOf(secret),
      expiresAt: new Date(Date.now() + lifeMs),
    },
  });
  return secret;
}

/** What the token proves; it proves it once. Throws NOT_FOUND for one that is unknown, used or too old. */
export async function useToken(
  tx: Transaction,
  secret: string,
  purposes: readonly TokenPurpose[],
): Promise<{ userId: string; purpose: TokenPurpose; email: string }> {
  const tokenHash = hashOf(secret);
  const found = await tx.accountToken.findFirst({
    where: { tokenHash, purpose: { in: [...purposes] }, expiresAt: { gt: new Date() } },
    select: { userId: true, purpose: true, email: true },
  });
  // of two at once, one deletes the row
  const { count } = found ? await tx.accountToken.deleteMany({ where: { tokenHash } }) : { count: 0 };
  if (!found || count === 0)
    throw new AppError('NOT_FOUND', 'This link is not valid any more. Ask for a new one.');
  return found;
}
