import { countAttempt } from '../auth/attempts.ts';
import { type IdentityProvider, providerName, signInWays } from '../auth/providers.ts';
import type { Session } from '../auth/sign-in.ts';
import { db } from '../db.ts';
import { env } from '../env.ts';
import { AppError, notFound } from '../errors.ts';
import { queueMail } from '../outbox/commands.ts';
import { composeMail } from '../outbox/compose.ts';
import { assertItIsThem, type Proof } from './proof.ts';
import type { Identities } from './schema.ts';

/** To the provider and back. */
const INTENT_MS = 10 * 60_000;

/** By which accounts elsewhere one signs in, and by which one could. */
export async function listIdentities({ userId }: Session): Promise<Identities> {
  const user = await db().user.findUniqueOrThrow({
    where: { id: userId },
    select: {
      passwordHash: true,
      totpEnabledAt: true,
      identities: {
        orderBy: { createdAt: 'asc' },
        take: 100,
        select: { id: true, provider: true, email: true, createdAt: true, lastUsedAt: true },
      },
    },
  });
  return {
    hasPassword: user.passwordHash !== null,
    hasTwoFactor: user.totpEnabledAt !== null,
    identities: user.identities.map((one) => ({ ...one, name: providerName(one.provider) })),
    ways: signInWays(),
  };
}

/** Under which this session's wish to connect an account of this provider is remembered, until the browser is back. */
export const connectIntentOf = ({ sessionId }: Session, provider: IdentityProvider): string =>
  `connect:${sessionId}:${provider}`;

/**
 * Lets the next arrival from this provider in this session connect an identity instead of signing in. Throws FORBIDDEN, as
 * a stolen session must not be enough to add a way in, and NOT_FOUND for a provider that is not set up.
 */
export async function startConnect(session: Session, way: string, proof: Proof): Promise<void> {
  const wanted = signInWays().find(({ id }) => id === way);
  if (!wanted) throw notFound('provider');
  await assertItIsThem(session, proof);
  await countAttempt(connectIntentOf(session, wanted.provider), INTENT_MS);
}

/** Throws NOT_FOUND, and CONFLICT for the last way in. */
export async function disconnectIdentity({ userId, user }: Session, id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    // of two at once, the second sees what the first has left
    await tx.$queryRaw`select id from "user" where id = ${userId}::uuid for update`;
    const { passwordHash, identities } = await tx.user.findUniqueOrThrow({
      where: { id: userId },
      select: { passwordHash: true, identities: { select: { id: true, provider: true } } },
    });
    const identity = identities.find((one) => one.id === id);
    if (!identity) throw notFound('identity');
    const ways = signInWays().map(({ provider }) => provider as string);
    const others = identities.filter((one) => one.id !== id && ways.includes(one.provider));
    if (passwordHash === null && others.length === 0)
      throw new AppError('CONFLICT', 'This is your only way to log in. Set a password first.');
    await tx.identity.delete({ where: { id } });
    await queueMail(tx, identityChanged(user, providerName(identity.provider), 'disconnected from'));
  });
}

export const identityChanged = (
  { email, name }: { email: string; name: string },
  provider: string,
  what: 'connected to' | 'disconnected from',
) =>
  composeMail({
    to: email,
    subject: `${provider} was ${what} your account`,
    paragraphs: [
      `Hello ${name},`,
      `an account of ${provider} was ${what} your LinkFlow account. ${
        what === 'connected to' ? 'It can be used to log in.' : 'It cannot be used to log in any more.'
      }`,
    ],
    note: `If it was not you, choose a new password at once: ${env().APP_URL}/forgot-password`,
  });
