import { newId } from '#lib/id.ts';
import { takeAttempt } from '../auth/attempts.ts';
import { type ProvenIdentity, providerName } from '../auth/providers.ts';
import type { Session } from '../auth/sign-in.ts';
import { db } from '../db.ts';
import { queueMail } from '../outbox/commands.ts';
import { createAccount } from './commands.ts';
import { connectIntentOf, identityChanged } from './identities.ts';
import { emailSchema, type IdentityProblem } from './schema.ts';

/** What becomes of somebody who comes back from an identity provider. */
export type IdentityOutcome =
  /** `asksCode`: two-factor login is on, so a code is still to come. */
  | { state: 'in'; userId: string; asksCode: boolean }
  | { state: 'connected' }
  | { state: 'refused'; problem: IdentityProblem };

const refused = (problem: IdentityProblem): IdentityOutcome => ({ state: 'refused', problem });

/**
 * Signs in whom this identity belongs to, or makes an account. An identity is the provider's id of the person and never an
 * address: to an account that is there already it is only connected when its owner asked for that in this very session.
 */
export async function meetIdentity(
  proven: ProvenIdentity,
  current: Session | null,
): Promise<IdentityOutcome> {
  if (current && (await takeAttempt(connectIntentOf(current, proven.provider))))
    return connect(current, proven);
  return (await findKnown(proven)) ?? (await createFor(proven));
}

async function findKnown({ provider, subject }: ProvenIdentity): Promise<IdentityOutcome | null> {
  const known = await db().identity.findUnique({
    where: { provider_subject: { provider, subject } },
    select: { id: true, user: { select: { id: true, blockedAt: true, totpEnabledAt: true } } },
  });
  if (!known) return null;
  const { user } = known;
  if (user.blockedAt) return refused('blocked');
  await db().identity.updateMany({ where: { id: known.id }, data: { lastUsedAt: new Date() } });
  return { state: 'in', userId: user.id, asksCode: user.totpEnabledAt !== null };
}

async function createFor(proven: ProvenIdentity): Promise<IdentityOutcome> {
  const { provider, subject, name, emailVerified } = proven;
  const email = emailSchema.safeParse(proven.email ?? '');
  if (!email.success) return refused('no-address');
  if (await db().user.findUnique({ where: { email: email.data }, select: { id: true } }))
    return refused('address-taken');
  try {
    const { userId } = await db().$transaction(async (tx) => {
      const account = await createAccount(tx, {
        email: email.data,
        name,
        passwordHash: null,
        emailVerified,
      });
      await tx.identity.create({
        data: {
          id: newId(),
          userId: account.userId,
          provider,
          subject,
          email: email.data,
          lastUsedAt: new Date(),
        },
      });
      return account;
    });
    return { state: 'in', userId, asksCode: false };
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'P2002') throw error;
    return (await findKnown(proven)) ?? refused('address-taken'); // somebody came twice at once
  }
}

async function connect({ userId, user }: Session, proven: ProvenIdentity): Promise<IdentityOutcome> {
  const { provider, subject } = proven;
  const where = { provider_subject: { provider, subject } };
  const data = { id: newId(), userId, provider, subject, email: proven.email?.slice(0, 254) ?? '' };
  try {
    const identity = await db().identity.findUnique({ where, select: { userId: true } });
    if (identity) return identity.userId === userId ? { state: 'connected' } : refused('of-another');
    await db().$transaction(async (tx) => {
      await tx.identity.create({ data });
      await queueMail(tx, identityChanged(user, providerName(provider), 'connected to'));
    });
    return { state: 'connected' };
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'P2002') throw error;
    return refused('of-another');
  }
}
