import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { totpOf } from '#server/auth/second-factor.ts';
import { checkCredentials, findSession, openSession } from '#server/auth/sign-in.ts';
import { db } from '#server/db.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';

ownDatabase();

const PASSWORD = 'correct horse battery';
const PERIOD_MS = 30_000;
let ada: Person;
beforeEach(async () => {
  // in the middle of a step, so that none ends while a test runs
  const now = Math.floor(Date.now() / PERIOD_MS) * PERIOD_MS + PERIOD_MS / 2;
  vi.useFakeTimers({ toFake: ['Date'], now });
  ada = await createPerson('Ada');
});

afterEach(() => {
  vi.useRealTimers();
});

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'OK',
    (error: { code: string }) => error.code,
  );
/** What logging in comes to. */
const logIn = (code?: string, password = PASSWORD) =>
  checkCredentials({ email: ada.email, password, ...(code ? { code } : {}) }).then(
    (user) => (user ? 'in' : 'refused'),
    (error: { name: string; wasWrong: boolean }) =>
      error.name === 'SecondFactorNeeded' ? (error.wasWrong ? 'wrong code' : 'asks for a code') : 'broken',
  );
/** A code that was not used before: of a step behind or ahead of now. */
const code = (secret: string, steps = 0) =>
  totpOf(secret).generate({ timestamp: Date.now() + steps * PERIOD_MS });

async function turnOn(): Promise<{ secret: string; codes: string[] }> {
  const { secret } = await ada.caller().accounts.startTwoFactor({ password: PASSWORD });
  const { codes } = await ada.caller().accounts.enableTwoFactor({ code: code(secret, -1) });
  return { secret, codes };
}

describe('two-factor login', () => {
  it('asks for a code once a code was entered, and not before', async () => {
    const { secret, qrCode } = await ada.caller().accounts.startTwoFactor({ password: PASSWORD });
    expect(qrCode).toMatch(/^<svg /);
    expect(await logIn()).toBe('in');
    expect(await codeOf(ada.caller().accounts.enableTwoFactor({ code: '000000' }))).toBe('FORBIDDEN');
    expect(await logIn()).toBe('in');
    await ada.caller().accounts.enableTwoFactor({ code: code(secret) });
    expect(await logIn()).toBe('asks for a code');
    expect(await logIn(undefined, 'wrong')).toBe('refused'); // which tells nobody that there is one
  });

  it('takes a code once', async () => {
    const { secret } = await turnOn();
    const now = code(secret);
    expect(await logIn('123 456')).toBe('wrong code');
    expect(await logIn(now)).toBe('in');
    expect(await logIn(now)).toBe('wrong code');
    expect(await logIn(code(secret, 1))).toBe('in'); // a clock that is ahead
    expect(await logIn(code(secret, 5))).toBe('wrong code');
  });

  it('lets one of two at once in with the same code', async () => {
    const { secret } = await turnOn();
    const now = code(secret);
    expect((await Promise.all([logIn(now), logIn(now)])).sort()).toEqual(['in', 'wrong code']);
  });

  it('takes each recovery code once, however it is typed', async () => {
    const { codes } = await turnOn();
    expect(new Set(codes).size).toBe(10);
    expect(await logIn(codes[0]!.toUpperCase().replaceAll('-', ' '))).toBe('in');
    expect(await logIn(codes[0])).toBe('wrong code');
    expect(await logIn(codes[1])).toBe('in');
    expect(await ada.caller().accounts.twoFactor()).toMatchObject({ recoveryCodes: 8 });
  });

  it('voids old recovery codes with new ones', async () => {
    const { secret, codes } = await turnOn();
    const renewed = await ada.caller().accounts.renewRecoveryCodes({ code: code(secret) });
    expect(await logIn(codes[0])).toBe('wrong code');
    expect(await logIn(renewed.codes[0])).toBe('in');
  });

  it('logs other browsers out, and is turned off with password and code', async () => {
    const phone = await openSession(ada.userId, 'phone');
    const { secret, codes } = await turnOn();
    expect(await findSession(phone)).toBeNull();
    expect(await findSession(ada.sessionId)).not.toBeNull();
    const { accounts } = ada.caller();
    expect(await codeOf(accounts.disableTwoFactor({ password: 'wrong', code: codes[0]! }))).toBe('FORBIDDEN');
    expect(await codeOf(accounts.disableTwoFactor({ password: PASSWORD, code: '000000' }))).toBe('FORBIDDEN');
    await accounts.disableTwoFactor({ password: PASSWORD, code: code(secret) });
    expect(await logIn()).toBe('in');
    expect(await ada.caller().accounts.twoFactor()).toEqual({ enabledAt: null, recoveryCodes: 0 });
  });

  it('needs the password to be set up, and is set up once', async () => {
    const { accounts } = ada.caller();
    expect(await codeOf(accounts.startTwoFactor({ password: 'wrong' }))).toBe('FORBIDDEN');
    expect(await codeOf(accounts.enableTwoFactor({ code: '123456' }))).toBe('CONFLICT');
    await turnOn();
    expect(await codeOf(accounts.startTwoFactor({ password: PASSWORD }))).toBe('CONFLICT');
  });

  it('keeps the secret and the codes where a copy of the database does not tell them', async () => {
    const { secret, codes } = await turnOn();
    const rows = JSON.stringify([
      await db().user.findUnique({ where: { id: ada.userId } }),
      await db().recoveryCode.findMany(),
    ]);
    for (const told of [secret, codes[0]!, codes[0]!.replaceAll('-', '')]) expect(rows).not.toContain(told);
  });

  it('gives up after ten wrong codes', async () => {
    const { secret } = await turnOn();
    for (let i = 0; i < 10; i++) await logIn('000000');
    expect(await logIn(code(secret))).toBe('refused');
  });
});
