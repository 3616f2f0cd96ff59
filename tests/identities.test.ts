import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startConnect } from '#server/accounts/identities.ts';
import { meetIdentity } from '#server/accounts/identity-sign-in.ts';
import { mailPasswordReset } from '#server/accounts/password-reset.ts';
import { createApiKey } from '#server/api-keys/commands.ts';
import type { ProvenIdentity } from '#server/auth/providers.ts';
import { scopeForApiKey } from '#server/auth/scopes.ts';
import { totpOf } from '#server/auth/second-factor.ts';
import { checkCredentials, checkSecondFactor, findSession, openSession } from '#server/auth/sign-in.ts';
import { db } from '#server/db.ts';
import { ownDatabase } from './support/database.ts';
import { anonymous, createPerson, type Person } from './support/people.ts';

ownDatabase();
beforeAll(async () => {
  Object.assign(process.env, {
    AUTH_GOOGLE_ID: 'google',
    AUTH_GOOGLE_SECRET: 'secret',
    AUTH_OIDC_ISSUER: 'http://localhost:1',
    AUTH_OIDC_ID: 'oidc',
    AUTH_OIDC_SECRET: 'secret',
    AUTH_OIDC_NAME: 'Example login',
  });
  await createPerson('Operator');
});

const PASSWORD = 'correct horse battery';
let count = 0;
/** Somebody nobody has seen yet. */
const arrival = (more: Partial<ProvenIdentity> = {}): ProvenIdentity => {
  const n = ++count;
  return {
    provider: 'oidc',
    subject: `subject-${n}`,
    email: `new-${n}@example.com`,
    emailVerified: true,
    name: 'Grace Hopper',
    ...more,
  };
};
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'OK',
    (error: { code: string }) => error.code,
  );
const sessionOf = async ({ sessionId }: Person) => (await findSession(sessionId))!;
const newestMail = async (to: string) =>
  (await db().outgoingMail.findFirst({ where: { to }, orderBy: { id: 'desc' } }))?.subject;

describe('an identity nobody has seen', () => {
  it('gets an account with a workspace, which it finds again the next time', async () => {
    const proven = arrival();
    const first = await meetIdentity(proven, null);
    expect(first).toMatchObject({ state: 'in', asksCode: false });
    const user = await db().user.findUniqueOrThrow({
      where: { email: proven.email! },
      include: { memberships: true, identities: true },
    });
    expect(user).toMatchObject({ name: 'Grace Hopper', passwordHash: null, isAdmin: false });
    expect(user.emailVerifiedAt).not.toBeNull();
    expect(user.memberships).toMatchObject([{ role: 'owner' }]);
    expect(user.identities).toMatchObject([{ provider: 'oidc', subject: proven.subject }]);
    expect(await meetIdentity({ ...proven, email: 'moved@example.com', name: 'X' }, null)).toEqual(first);
    expect(await db().user.count({ where: { email: 'moved@example.com' } })).toBe(0);
  });

  it('is asked to confirm the address that the provider does not vouch for', async () => {
    const proven = arrival({ emailVerified: false });
    expect(await meetIdentity(proven, null)).toMatchObject({ state: 'in' });
    const user = await db().user.findUniqueOrThrow({ where: { email: proven.email! } });
    expect(user.emailVerifiedAt).toBeNull();
    expect(await newestMail(proven.email!)).toBe('Confirm your e-mail address');
  });

  it('makes one account when it comes twice at once', async () => {
    const proven = arrival();
    const both = await Promise.all([meetIdentity(proven, null), meetIdentity(proven, null)]);
    expect(both.map(({ state }) => state)).toEqual(['in', 'in']);
    expect(await db().identity.count({ where: { subject: proven.subject } })).toBe(1);
  });

  it('is not let into the account that has its address, whatever the provider says', async () => {
    const ada = await createPerson('Ada');
    for (const email of [ada.email, ada.email.toUpperCase()])
      expect(await meetIdentity(arrival({ email }), null)).toEqual({
        state: 'refused',
        problem: 'address-taken',
      });
    expect(await db().identity.count({ where: { userId: ada.userId } })).toBe(0);
  });

  it('needs an address', async () => {
    for (const email of [null, 'nonsense'])
      expect(await meetIdentity(arrival({ email }), null)).toEqual({
        state: 'refused',
        problem: 'no-address',
      });
  });

  it('is another one at another provider', async () => {
    const proven = arrival();
    await meetIdentity(proven, null);
    expect(await meetIdentity({ ...proven, provider: 'google' }, null)).toMatchObject({
      problem: 'address-taken',
    });
  });
});

describe('connecting an identity', () => {
  let ada: Person;
  beforeEach(async () => {
    ada = await createPerson('Ada');
  });
  const start = (proof = {}) =>
    ada.caller().accounts.startConnect({ way: 'oidc', password: PASSWORD, ...proof });

  it('takes the password, and then a way in of any address', async () => {
    const proven = arrival();
    expect(await codeOf(start({ password: 'wrong' }))).toBe('FORBIDDEN');
    await start();
    expect(await meetIdentity(proven, await sessionOf(ada))).toEqual({ state: 'connected' });
    expect(await newestMail(ada.email)).toBe('Example login was connected to your account');
    expect(await meetIdentity(proven, null)).toMatchObject({ state: 'in', userId: ada.userId });
    expect((await ada.caller().accounts.identities()).identities).toMatchObject([
      { name: 'Example login', email: proven.email },
    ]);
  });

  it('happens only to the session that asked, at that provider, once', async () => {
    await start();
    const phone = await findSession(await openSession(ada.userId, 'phone'));
    expect(await meetIdentity(arrival(), phone)).toMatchObject({ state: 'in' });
    expect(await meetIdentity(arrival({ provider: 'google' }), await sessionOf(ada))).toMatchObject({
      state: 'in',
    });
    expect(await meetIdentity(arrival(), await sessionOf(ada))).toEqual({ state: 'connected' });
    expect(await meetIdentity(arrival({ email: ada.email }), await sessionOf(ada))).toMatchObject({
      state: 'refused',
    });
    expect(await db().identity.count({ where: { userId: ada.userId } })).toBe(1);
  });

  it('does not happen too late', async () => {
    await start();
    await db().attempt.updateMany({
      where: { key: { startsWith: 'connect:' } },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    expect(await meetIdentity(arrival({ email: ada.email }), await sessionOf(ada))).toMatchObject({
      problem: 'address-taken',
    });
  });

  it('does not take it away from somebody else', async () => {
    const proven = arrival();
    await meetIdentity(proven, null);
    await start();
    expect(await meetIdentity(proven, await sessionOf(ada))).toEqual({
      state: 'refused',
      problem: 'of-another',
    });
  });

  it('asks for a provider that is set up', async () => {
    expect(await codeOf(ada.caller().accounts.startConnect({ way: 'github', password: PASSWORD }))).toBe(
      'NOT_FOUND',
    );
  });

  it('without a password takes a log-in a moment ago', async () => {
    const proven = arrival();
    const { userId } = (await meetIdentity(proven, null)) as { userId: string };
    const session = (await findSession(await openSession(userId, 'x')))!;
    await startConnect(session, 'google', {});
    await db().session.update({
      where: { id: session.sessionId },
      data: { createdAt: new Date(Date.now() - 11 * 60_000) },
    });
    await expect(startConnect(session, 'google', {})).rejects.toMatchObject({
      code: 'FORBIDDEN',
      extra: { logInAgain: true },
    });
  });
});

describe('disconnecting', () => {
  it('leaves a way in, be it two at once', async () => {
    const { userId } = (await meetIdentity(arrival(), null)) as { userId: string };
    const user = await db().user.findUniqueOrThrow({ where: { id: userId } });
    const other = await db().identity.create({
      data: { id: user.id, userId, provider: 'google', subject: `g-${++count}`, email: user.email },
    });
    const { accounts } = (await createPerson('Eve')).caller();
    expect(await codeOf(accounts.disconnectIdentity({ id: other.id }))).toBe('NOT_FOUND');
    const session = (await findSession(await openSession(userId, 'x')))!;
    const { disconnectIdentity } = await import('#server/accounts/identities.ts');
    const all = await db().identity.findMany({ where: { userId } });
    const results = await Promise.all(all.map(({ id }) => codeOf(disconnectIdentity(session, id))));
    expect(results.sort()).toEqual(['CONFLICT', 'OK']);
    expect(await db().identity.count({ where: { userId } })).toBe(1);
  });

  it('of the only one works with a password; one of a provider that is gone is no way in', async () => {
    const ada = await createPerson('Ada');
    await ada.caller().accounts.startConnect({ way: 'oidc', password: PASSWORD });
    await meetIdentity(arrival(), await sessionOf(ada));
    const [one] = (await ada.caller().accounts.identities()).identities;
    await db().identity.create({
      data: { id: ada.userId, userId: ada.userId, provider: 'github', subject: ada.userId, email: '' },
    });
    await db().user.update({ where: { id: ada.userId }, data: { passwordHash: null } });
    expect(await codeOf(ada.caller().accounts.disconnectIdentity({ id: one!.id }))).toBe('CONFLICT');
    await db().user.update({ where: { id: ada.userId }, data: { passwordHash: 'x' } });
    expect(await codeOf(ada.caller().accounts.disconnectIdentity({ id: one!.id }))).toBe('OK');
  });
});

describe('two-factor login', () => {
  it('asks for a code after an identity provider, too; each is good once, and guessing ends', async () => {
    const ada = await createPerson('Ada');
    await ada.caller().accounts.startConnect({ way: 'oidc', password: PASSWORD });
    const proven = arrival();
    await meetIdentity(proven, await sessionOf(ada));
    const { secret } = await ada.caller().accounts.startTwoFactor({ password: PASSWORD });
    const { codes } = await ada.caller().accounts.enableTwoFactor({ code: totpOf(secret).generate() });
    expect(await meetIdentity(proven, null)).toEqual({ state: 'in', userId: ada.userId, asksCode: true });
    await expect(checkSecondFactor(ada.userId, '000000')).rejects.toMatchObject({ wasWrong: true });
    expect(await checkSecondFactor(ada.userId, codes[0]!)).toMatchObject({ email: ada.email });
    await expect(checkSecondFactor(ada.userId, codes[0]!)).rejects.toMatchObject({ wasWrong: true });
    for (let i = 0; i < 9; i++) await checkSecondFactor(ada.userId, '000000').catch(() => null);
    expect(await checkSecondFactor(ada.userId, codes[1]!)).toBeNull();
    // connecting another one takes a code as well
    expect(await codeOf(ada.caller().accounts.startConnect({ way: 'google', password: PASSWORD }))).toBe(
      'FORBIDDEN',
    );
    expect(
      await codeOf(
        ada.caller().accounts.startConnect({ way: 'google', password: PASSWORD, code: codes[2]! }),
      ),
    ).toBe('OK');
  });
});

describe('somebody who is blocked', () => {
  it('gets in by no way, and what they had stops working', async () => {
    const ada = await createPerson('Ada');
    await ada.caller().accounts.startConnect({ way: 'oidc', password: PASSWORD });
    const proven = arrival();
    await meetIdentity(proven, await sessionOf(ada));
    const { key } = await createApiKey(ada.scope, { name: 'k', scopes: ['workflows:read'] });
    await db().user.update({ where: { id: ada.userId }, data: { blockedAt: new Date() } });
    expect(await findSession(ada.sessionId)).toBeNull();
    expect(await codeOf(scopeForApiKey(key))).toBe('UNAUTHORIZED');
    expect(await meetIdentity(proven, null)).toEqual({ state: 'refused', problem: 'blocked' });
    expect(await checkSecondFactor(ada.userId, '000000')).toBeNull();
    expect(await checkCredentials({ email: ada.email, password: 'wrong' })).toBeNull();
    await expect(checkCredentials({ email: ada.email, password: PASSWORD })).rejects.toThrow('blocked');
  });
});

describe('a new password by mail', () => {
  it('takes the ways in of whoever made the account with an address that was never confirmed', async () => {
    const thief = await createPerson('Thief');
    await thief.caller().accounts.startConnect({ way: 'oidc', password: PASSWORD });
    const proven = arrival();
    await meetIdentity(proven, await sessionOf(thief));
    const { key } = await createApiKey(thief.scope, { name: 'k', scopes: ['workflows:read'] });
    await mailPasswordReset(thief.email);
    const mail = await db().outgoingMail.findFirst({ where: { to: thief.email }, orderBy: { id: 'desc' } });
    const token = /token=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
    await anonymous().accounts.resetPassword({ token, password: 'another horse battery' });
    expect(await meetIdentity({ ...proven, email: thief.email }, null)).toMatchObject({
      problem: 'address-taken',
    });
    expect(await codeOf(scopeForApiKey(key))).toBe('UNAUTHORIZED');
  });
});
