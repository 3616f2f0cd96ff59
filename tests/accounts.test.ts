import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { mailPasswordReset } from '#server/accounts/password-reset.ts';
import { checkCredentials, findSession, openSession } from '#server/auth/sign-in.ts';
import { db } from '#server/db.ts';
import { deliverMail } from '#server/outbox/commands.ts';
import { ownDatabase } from './support/database.ts';
import { anonymous, createPerson, type Person } from './support/people.ts';
import { type SmtpTest, startSmtpServer } from './support/smtp-server.ts';

ownDatabase();

const PASSWORD = 'correct horse battery';
const NEXT = 'another horse battery';
let admin: Person;
beforeAll(async () => {
  admin = await createPerson('Operator');
});
let ada: Person;
beforeEach(async () => {
  ada = await createPerson('Ada');
});

/** The newest mail to an address, and the token of its link. */
async function mailTo(email: string) {
  const mail = await db().outgoingMail.findFirst({ where: { to: email }, orderBy: { id: 'desc' } });
  return { mail, token: /token=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '' };
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'OK',
    (error: { code: string }) => error.code,
  );
const mayLogIn = async (email: string, password: string) =>
  (await checkCredentials({ email, password })) !== null;
const isVerified = async ({ sessionId }: Person) => (await findSession(sessionId))?.user.emailVerified;

describe('an e-mail address', () => {
  it('is confirmed by the link of the first mail, once', async () => {
    const { mail, token } = await mailTo(ada.email);
    expect(mail?.subject).toBe('Confirm your e-mail address');
    expect(await isVerified(ada)).toBe(false);
    expect(await anonymous().accounts.verifyEmail({ token })).toEqual({ email: ada.email });
    expect(await isVerified(ada)).toBe(true);
    expect(await codeOf(anonymous().accounts.verifyEmail({ token }))).toBe('NOT_FOUND');
  });

  it('is confirmed by the newest link only, and by none of another purpose or time', async () => {
    const first = await mailTo(ada.email);
    await ada.caller().accounts.requestVerification();
    expect(await codeOf(anonymous().accounts.verifyEmail({ token: first.token }))).toBe('NOT_FOUND');
    await mailPasswordReset(ada.email);
    const reset = await mailTo(ada.email);
    expect(await codeOf(anonymous().accounts.verifyEmail({ token: reset.token }))).toBe('NOT_FOUND');
    await ada.caller().accounts.requestVerification();
    await db().accountToken.updateMany({
      where: { userId: ada.userId },
      data: { expiresAt: new Date(Date.now() - 1) },
    });
    const { token } = await mailTo(ada.email);
    expect(await codeOf(anonymous().accounts.verifyEmail({ token }))).toBe('NOT_FOUND');
  });

  it('is not flooded with mails', async () => {
    for (let i = 0; i < 5; i++) await ada.caller().accounts.requestVerification();
    expect(await codeOf(ada.caller().accounts.requestVerification())).toBe('TOO_MANY_REQUESTS');
  });

  it('changes once the new one is confirmed, and the old one is told', async () => {
    const email = `new-${ada.email}`;
    expect(await codeOf(ada.caller().accounts.requestEmailChange({ email, password: 'wrong' }))).toBe(
      'FORBIDDEN',
    );
    await ada.caller().accounts.requestEmailChange({ email, password: PASSWORD });
    expect((await mailTo(ada.email)).mail?.text).toContain(email);
    expect(await mayLogIn(email, PASSWORD)).toBe(false);
    await anonymous().accounts.verifyEmail({ token: (await mailTo(email)).token });
    expect(await mayLogIn(email, PASSWORD)).toBe(true);
    expect(await mayLogIn(ada.email, PASSWORD)).toBe(false);
  });

  it('cannot become that of somebody else', async () => {
    await ada.caller().accounts.requestEmailChange({ email: admin.email, password: PASSWORD });
    const { token } = await mailTo(admin.email);
    expect(await codeOf(anonymous().accounts.verifyEmail({ token }))).toBe('CONFLICT');
  });
});

describe('a forgotten password', () => {
  it('is replaced by whoever gets the mail; every browser is logged out', async () => {
    await mailPasswordReset(ada.email);
    const { token } = await mailTo(ada.email);
    expect(await anonymous().accounts.resetPassword({ token, password: NEXT })).toEqual({ email: ada.email });
    expect(await mayLogIn(ada.email, NEXT)).toBe(true);
    expect(await mayLogIn(ada.email, PASSWORD)).toBe(false);
    expect(await findSession(ada.sessionId)).toBeNull();
    expect(await codeOf(anonymous().accounts.resetPassword({ token, password: NEXT }))).toBe('NOT_FOUND');
    expect((await mailTo(ada.email)).mail?.subject).toBe('Your password was changed');
  });

  it('lets the owner back in whom somebody locked out', async () => {
    for (let i = 0; i < 11; i++) await mayLogIn(ada.email, 'wrong');
    expect(await mayLogIn(ada.email, PASSWORD)).toBe(false);
    await mailPasswordReset(ada.email);
    await anonymous().accounts.resetPassword({ token: (await mailTo(ada.email)).token, password: NEXT });
    expect(await mayLogIn(ada.email, NEXT)).toBe(true);
  });

  it('asked for by a stranger looks the same whether there is an account or not', async () => {
    const jobs = () =>
      db().$queryRawUnsafe<{ count: number }[]>(
        `select count(*)::int as count from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where t.identifier = 'mail-password-reset'`,
      );
    const before = (await jobs())[0]!.count;
    await anonymous().accounts.requestPasswordReset({ email: ada.email });
    await anonymous().accounts.requestPasswordReset({ email: 'nobody@example.com' });
    expect((await jobs())[0]!.count).toBe(before + 2);
    await mailPasswordReset('nobody@example.com');
    expect((await mailTo('nobody@example.com')).mail).toBeNull();
  });

  it('gives five mails an hour at most', async () => {
    for (let i = 0; i < 7; i++) await mailPasswordReset(ada.email);
    const mails = await db().outgoingMail.count({
      where: { to: ada.email, subject: 'Choose a new password' },
    });
    expect(mails).toBe(5);
  });
});

describe('sessions', () => {
  it('are listed with their browsers, and end one by one or all but this one', async () => {
    const phone = await openSession(ada.userId, 'phone');
    const tablet = await openSession(ada.userId, 'tablet');
    const list = await ada.caller().accounts.sessions();
    expect(list.map(({ id, current }) => [id, current]).sort()).toEqual(
      [
        [ada.sessionId, true],
        [phone, false],
        [tablet, false],
      ].sort(),
    );
    await ada.caller().accounts.revokeSession({ id: phone });
    expect(await findSession(phone)).toBeNull();
    expect(await ada.caller().accounts.revokeOtherSessions()).toEqual({ revoked: 1 });
    expect(await findSession(ada.sessionId)).not.toBeNull();
  });

  it('end with a new password, but for the one that chose it', async () => {
    const phone = await openSession(ada.userId, 'phone');
    const { accounts } = ada.caller();
    expect(await codeOf(accounts.changePassword({ current: 'wrong', password: NEXT }))).toBe('FORBIDDEN');
    await accounts.changePassword({ current: PASSWORD, password: NEXT });
    expect(await findSession(phone)).toBeNull();
    expect(await findSession(ada.sessionId)).not.toBeNull();
    expect(await mayLogIn(ada.email, NEXT)).toBe(true);
  });

  it('ask for the password a few times only', async () => {
    const attempt = () => codeOf(ada.caller().accounts.changePassword({ current: 'wrong', password: NEXT }));
    for (let i = 0; i < 10; i++) expect(await attempt()).toBe('FORBIDDEN');
    expect(await attempt()).toBe('TOO_MANY_REQUESTS');
  });
});

it('an invitation goes out by mail; what people call themselves stays text', async () => {
  await ada.caller().accounts.rename({ name: '<b>Ada</b>' });
  const email = `friend-${ada.email}`;
  const { url } = await ada.caller().members.invite({ email, role: 'viewer' });
  const { mail } = await mailTo(email);
  expect(mail?.text).toContain(url);
  expect(mail?.html).toContain('&lt;b&gt;Ada&lt;/b&gt;');
  expect(mail?.html).not.toContain('<b>');
});

describe('the outbox', () => {
  let server: SmtpTest;
  beforeAll(async () => {
    server = await startSmtpServer();
  });
  afterAll(() => server.close());

  it('is for the operator, and holds what could not be sent', async () => {
    const { sends, mails } = await admin.caller().outbox.list();
    expect(sends).toBe(false);
    expect(mails.find(({ to }) => to === ada.email)).toMatchObject({
      sentAt: null,
      text: expect.stringContaining('token='),
    });
    expect(await codeOf(ada.caller().outbox.list())).toBe('NOT_FOUND');
  });

  it('sends by the configured server, once, and forgets the words', async () => {
    const url = `smtp://127.0.0.1:${server.port}`;
    const { mail } = await mailTo(ada.email);
    await deliverMail(mail!.id, url);
    await deliverMail(mail!.id, url);
    expect(server.messages.filter(({ to }) => to.includes(ada.email))).toHaveLength(1);
    const row = await db().outgoingMail.findUniqueOrThrow({ where: { id: mail!.id } });
    expect(row).toMatchObject({ text: null, html: null, error: null, sentAt: expect.any(Date) });
  });

  it('keeps a mail that the server refuses, for another try', async () => {
    const { mail } = await mailTo(ada.email);
    await expect(deliverMail(mail!.id, 'smtp://127.0.0.1:1')).rejects.toThrow();
    expect(await db().outgoingMail.findUniqueOrThrow({ where: { id: mail!.id } })).toMatchObject({
      sentAt: null,
      error: expect.any(String),
      text: expect.stringContaining('token='),
    });
  });
});
