import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exportAccount } from '#server/accounts/export.ts';
import { handleAccountExport } from '#server/accounts/export-route.ts';
import { createApiKey } from '#server/api-keys/commands.ts';
import { scopeForApiKey } from '#server/auth/scopes.ts';
import { totpOf } from '#server/auth/second-factor.ts';
import { checkCredentials, findSession } from '#server/auth/sign-in.ts';
import { db, getPool } from '#server/db.ts';
import { acceptInvitation, invite } from '#server/members/commands.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { until } from './support/until.ts';

ownDatabase();

const PASSWORD = 'correct horse battery';
let operator: Person;
let ada: Person;
let bob: Person;
beforeAll(async () => {
  operator = await createPerson('Operator');
});
beforeEach(async () => {
  ada = await createPerson('Ada');
  bob = await createPerson('Bob');
});
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'OK',
    (error: { code: string }) => error.code,
  );
const remove = (person: Person, more = {}) =>
  person.caller().accounts.delete({ email: person.email, password: PASSWORD, ...more });
const join = (workspaceId: string, { userId }: Person, role: 'owner' | 'member' = 'member') =>
  db().member.create({ data: { workspaceId, userId, role } });

describe('deleting an account', () => {
  it('takes the address and the password, and leaves nothing of the person', async () => {
    await join(bob.workspaceId, ada);
    const { key } = await createApiKey(ada.scope, { name: 'k', scopes: ['workflows:read'] });
    expect(await codeOf(remove(ada, { email: bob.email }))).toBe('CONFLICT');
    expect(await codeOf(remove(ada, { password: 'wrong' }))).toBe('FORBIDDEN');
    await remove(ada);
    expect(await db().user.count({ where: { id: ada.userId } })).toBe(0);
    expect(await findSession(ada.sessionId)).toBeNull();
    expect(await checkCredentials({ email: ada.email, password: PASSWORD })).toBeNull();
    expect(await codeOf(scopeForApiKey(key))).toBe('UNAUTHORIZED');
    expect((await bob.caller().members.list()).map(({ userId }) => userId)).toEqual([bob.userId]);
    const mails = await db().outgoingMail.findMany({ where: { to: ada.email } });
    expect(mails.map(({ subject }) => subject)).toEqual(['Your account was deleted']);
    const mine = await db().workspace.findUniqueOrThrow({ where: { id: ada.workspaceId } });
    expect(mine.purgeAt!.getTime()).toBeLessThanOrEqual(Date.now());
    const [entry] = await db().auditEntry.findMany({
      where: { workspaceId: bob.workspaceId, action: 'member.remove' },
    });
    expect(entry).toMatchObject({ userId: ada.userId, before: { role: 'member' } });
    expect(await codeOf(createPerson('Ada'))).toBe('OK');
  });

  it('asks for a code where two-factor login is on', async () => {
    const { secret } = await ada.caller().accounts.startTwoFactor({ password: PASSWORD });
    const { codes } = await ada.caller().accounts.enableTwoFactor({ code: totpOf(secret).generate() });
    expect(await codeOf(remove(ada))).toBe('FORBIDDEN');
    expect(await codeOf(remove(ada, { code: codes[0]! }))).toBe('OK');
  });

  it('names the workspaces that others would be left in without an owner', async () => {
    await join(ada.workspaceId, bob);
    await expect(remove(ada)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('“Ada’s workspace”'),
      cause: { extra: { workspaces: [{ id: ada.workspaceId, name: 'Ada’s workspace' }] } },
    });
    await db().member.updateMany({
      where: { workspaceId: ada.workspaceId, userId: bob.userId },
      data: { role: 'owner' },
    });
    await remove(ada);
    expect(await codeOf(bob.caller(ada.workspaceId).workspaces.get())).toBe('OK');
  });

  it('does not strand somebody who joins at the same moment', async () => {
    const guest = await createPerson('Guest');
    const { url } = await invite(ada.scope, { email: guest.email, role: 'member' });
    const client = await getPool().connect();
    await client.query('begin');
    await client.query('select 1 from workspace where id = $1 for update', [ada.workspaceId]);
    const removed = codeOf(remove(ada));
    const blocked = () =>
      getPool().query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
    await until('the deletion waits', 10, async () => (await blocked()).rowCount === 1);
    // what accepting does, once it has its turn
    await client.query(`insert into member (workspace_id, user_id, role) values ($1, $2, 'member')`, [
      ada.workspaceId,
      guest.userId,
    ]);
    await client.query('commit');
    client.release();
    expect(await removed).toBe('CONFLICT');
    const session = (await findSession(guest.sessionId))!;
    await acceptInvitation(session, url.split('/').at(-1)!);
    expect(await codeOf(guest.caller(ada.workspaceId).workspaces.get())).toBe('OK');
  });

  it('is not for the only operator, while there are others', async () => {
    expect(await codeOf(remove(operator))).toBe('CONFLICT');
    await db().user.update({ where: { id: bob.userId }, data: { isAdmin: true } });
    expect(await codeOf(remove(operator))).toBe('OK');
  });
});

describe('the export of an account', () => {
  const read = async (person: Person) => {
    let text = '';
    for await (const piece of exportAccount((await findSession(person.sessionId))!)) text += piece;
    return { text, data: JSON.parse(text) };
  };

  it('has everything about the person, and no secrets', async () => {
    const { key } = await createApiKey(ada.scope, { name: 'My key', scopes: ['workflows:read'] });
    for (let i = 0; i < 25; i++) await ada.caller().workflows.create({ name: `Workflow ${i}` });
    await bob.caller().workflows.create({ name: 'Of Bob' });
    await join(ada.workspaceId, bob);
    await bob.caller(ada.workspaceId).workflows.create({ name: 'Of Bob at Ada' });
    await db().identity.create({
      data: { id: ada.userId, userId: ada.userId, provider: 'google', subject: 's1', email: ada.email },
    });
    const { text, data } = await read(ada);
    expect(data.profile).toMatchObject({ email: ada.email, name: 'Ada' });
    expect(data.identities).toMatchObject([{ provider: 'google', subject: 's1' }]);
    expect(data.sessions).toMatchObject([{ userAgent: 'test' }]);
    expect(data.memberships).toMatchObject([{ id: ada.workspaceId, role: 'owner' }]);
    expect(data.apiKeys).toMatchObject([{ name: 'My key' }]);
    expect(data.workflows).toHaveLength(25);
    expect(data.workflows[0].draft).toMatchObject({ format: 'linkflow/1' });
    expect(data.auditEntries.filter((e: { action: string }) => e.action === 'workflow.create')).toHaveLength(
      25,
    );
    const { hash } = await db().apiKey.findFirstOrThrow({ where: { userId: ada.userId } });
    const { passwordHash } = await db().user.findUniqueOrThrow({ where: { id: ada.userId } });
    for (const secret of [key, hash, passwordHash!, ada.sessionId, 'Of Bob', bob.email])
      expect(text).not.toContain(secret);
  });

  it('is of nothing that the person has no access to any more', async () => {
    await join(ada.workspaceId, bob);
    await bob.caller(ada.workspaceId).workflows.create({ name: 'Of Bob at Ada' });
    expect((await read(bob)).text).toContain('Of Bob at Ada');
    await ada.caller().members.remove({ userId: bob.userId });
    const { text } = await read(bob);
    expect(text).not.toContain('Of Bob at Ada');
    expect(text).not.toContain(ada.workspaceId);
  });

  it('is a download for whoever is signed in', async () => {
    expect((await handleAccountExport(null)).status).toBe(401);
    const response = await handleAccountExport(await findSession(ada.sessionId));
    expect(response.headers.get('content-disposition')).toContain('attachment');
    expect(await response.json()).toMatchObject({ profile: { email: ada.email } });
  });
});
