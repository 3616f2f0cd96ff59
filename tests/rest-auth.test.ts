import { Secret } from 'otpauth';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#lib/id.ts';
import { TOTP_PURPOSE, totpOf } from '#server/auth/second-factor.ts';
import { seal } from '#server/auth/secret-box.ts';
import { db } from '#server/db.ts';
import { apiRouter } from '#server/rest/api-router.ts';
import { restEndpoints } from '#server/rest/endpoints.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { restOf, restWith } from './support/rest-calls.ts';

ownDatabase();

const PASSWORD = 'correct horse battery';
interface Token {
  token: string;
  expiresAt: string;
}
type Problem = { detail: string; code?: string };
let ada: Person;
const anonymous = restWith();
beforeAll(async () => {
  ada = await createPerson('Ada');
});
const logIn = (more: object = {}) =>
  anonymous<Token & Problem>('POST', '/auth/login', { email: ada.email, password: PASSWORD, ...more });

describe('a log-in', () => {
  it('gives a key of all scopes for an hour, which may be renewed and ended', async () => {
    const { status, body } = await logIn();
    expect(status).toBe(200);
    const hour = new Date(body.expiresAt).getTime() - Date.now();
    expect(hour).toBeGreaterThan(3_500_000);
    expect(hour).toBeLessThanOrEqual(3_600_000);
    const first = restWith(body.token);
    expect((await first('POST', '/workflows', { name: 'by token' })).status).toBe(201);
    const answers = await Promise.all([
      first<Token>('POST', '/auth/refresh'),
      first<Token>('POST', '/auth/refresh'),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 401]);
    expect((await first('GET', '/users/me')).status).toBe(401);
    const second = restWith(answers.find((answer) => answer.status === 200)!.body.token);
    expect((await second('GET', '/users/me')).status).toBe(200);
    expect((await second('POST', '/auth/logout')).status).toBe(204);
    expect((await second('GET', '/users/me')).status).toBe(401);
  });

  it('opens the named workspace, and no foreign one', async () => {
    const bob = await createPerson('Bob');
    await db().member.create({ data: { workspaceId: bob.workspaceId, userId: ada.userId, role: 'viewer' } });
    const there = await logIn({ workspaceId: bob.workspaceId });
    const me = await restWith(there.body.token)('GET', '/users/me');
    expect(me.body).toMatchObject({ email: ada.email, workspace: { id: bob.workspaceId, role: 'viewer' } });
    expect((await restWith(there.body.token)('POST', '/workflows', { name: 'x' })).status).toBe(403);
    const eve = await createPerson('Eve');
    expect((await logIn({ workspaceId: eve.workspaceId })).status).toBe(404);
    expect((await logIn({ workspaceId: newId() })).status).toBe(404);
  });

  it('is refused for a wrong password, and for the right one after ten of them', async () => {
    const carl = await createPerson('Carl');
    const tries = (password: string) =>
      anonymous<Problem>('POST', '/auth/login', { email: carl.email, password });
    expect((await tries(PASSWORD)).status).toBe(200);
    const unknown = await anonymous<Problem>('POST', '/auth/login', {
      email: 'no@example.com',
      password: 'x',
    });
    const wrong = await tries('wrong password');
    expect([unknown.status, unknown.body.detail]).toEqual([wrong.status, wrong.body.detail]);
    for (let i = 0; i < 10; i++) expect((await tries('wrong password')).status).toBe(401);
    expect((await tries(PASSWORD)).status).toBe(401);
  });

  it('asks for the code where two-factor login is on', async () => {
    const dora = await createPerson('Dora');
    const secret = new Secret({ size: 20 }).base32;
    await db().user.update({
      where: { id: dora.userId },
      data: { totpSecret: seal(TOTP_PURPOSE, dora.userId, secret), totpEnabledAt: new Date() },
    });
    const tries = (more: object) =>
      anonymous<Token & Problem>('POST', '/auth/login', { email: dora.email, password: PASSWORD, ...more });
    const without = await tries({});
    expect([without.status, without.body.code, without.body.token]).toEqual([
      401,
      'second-factor',
      undefined,
    ]);
    expect((await tries({ code: '000000' })).status).toBe(401);
    const code = totpOf(secret).generate();
    expect((await tries({ code })).status).toBe(200);
    expect((await tries({ code })).status).toBe(401);
  });

  it('cannot be renewed after a new password, a month, or a block', async () => {
    const fay = await createPerson('Fay');
    const token = async () => {
      const { body } = await anonymous<Token>('POST', '/auth/login', {
        email: fay.email,
        password: PASSWORD,
      });
      return restWith(body.token);
    };
    const fresh = await token();
    const { passwordHash } = await db().user.findUniqueOrThrow({ where: { id: fay.userId } });
    await db().user.update({ where: { id: fay.userId }, data: { passwordHash: 'another' } });
    expect((await fresh('POST', '/auth/refresh')).status).toBe(401);
    await db().user.update({ where: { id: fay.userId }, data: { passwordHash } });
    expect((await fresh('POST', '/auth/refresh')).status).toBe(200);
    const old = await token();
    await db().apiKey.updateMany({
      where: { userId: fay.userId },
      data: { createdAt: new Date(Date.now() - 31 * 86_400_000) },
    });
    expect((await old('POST', '/auth/refresh')).status).toBe(401);
    const blocked = await token();
    await db().user.update({ where: { id: fay.userId }, data: { blockedAt: new Date() } });
    expect((await blocked('POST', '/auth/refresh')).status).toBe(401);
    expect((await anonymous('POST', '/auth/login', { email: fay.email, password: PASSWORD })).status).toBe(
      403,
    );
  });

  it('is not kept for an Idempotency-Key', async () => {
    const { key } = { key: (await logIn()).body.token };
    const headers = { 'idempotency-key': 'login' };
    const again = restWith(key);
    await again('POST', '/auth/login', { email: ada.email, password: PASSWORD }, headers);
    expect(await db().idempotentAnswer.count({ where: { key: 'login' } })).toBe(0);
  });
});

describe('an API key', () => {
  it('is no log-in: it is not renewed, not ended, and changes nothing of its owner', async () => {
    const call = await restOf(ada);
    expect((await call('POST', '/auth/refresh')).status).toBe(401);
    expect((await call('POST', '/auth/logout')).status).toBe(403);
    expect((await call('PUT', '/users/me', { name: 'Mallory' })).status).toBe(403);
    const reader = await restOf(ada, ['tables:read']);
    expect((await reader('GET', '/users/me')).body).toMatchObject({
      name: 'Ada',
      key: { scopes: ['tables:read'], expiresAt: null },
    });
    const { body } = await logIn();
    const renamed = await restWith(body.token)('PUT', '/users/me', { name: 'Ada L.' });
    expect(renamed.body).toMatchObject({ name: 'Ada L.' });
  });

  it('shows members of its workspace, without their addresses, and nobody else', async () => {
    const call = await restOf(ada);
    const friend = await createPerson('Friend');
    expect((await call('GET', `/users/${friend.userId}`)).status).toBe(404);
    await db().member.create({
      data: { workspaceId: ada.workspaceId, userId: friend.userId, role: 'viewer' },
    });
    const { body } = await call('GET', `/users/${friend.userId}`);
    expect(body).toMatchObject({ name: 'Friend', role: 'viewer' });
    expect(JSON.stringify(body)).not.toContain('@');
  });
});

describe('accounts', () => {
  it('are made, and get a new password by mail only', async () => {
    const made = await anonymous('POST', '/auth/register', {
      ...{ email: 'new@example.com', password: PASSWORD, name: 'New' },
    });
    expect(made.status).toBe(201);
    expect((await anonymous('POST', '/auth/register', { email: 'x', password: 'y' })).status).toBe(400);
    const known = await anonymous('POST', '/auth/forgot-password', { email: 'new@example.com' });
    const unknown = await anonymous('POST', '/auth/forgot-password', { email: 'nobody@example.com' });
    expect([known.status, unknown.status]).toEqual([204, 204]);
    const reset = await anonymous('POST', '/auth/reset-password', {
      token: 'x'.repeat(40),
      password: PASSWORD,
    });
    expect(reset.status).toBe(404);
  });

  it('may be reached without a key, and not with a bad one', async () => {
    const withBad = restWith('lf_nothing');
    expect((await withBad('POST', '/auth/login', { email: ada.email, password: PASSWORD })).status).toBe(401);
  });
});

describe('what only REST knows', () => {
  const own = restEndpoints().filter(({ procedure }) =>
    /^(schedules|nodeTypes|ofKey|users|auth)\./.test(procedure),
  );

  it('asks for a permission, or is about the caller', () => {
    const open = own.filter(({ permission }) => !permission).map(({ procedure }) => procedure);
    expect(open.sort()).toEqual([
      ...['auth.forgotPassword', 'auth.login', 'auth.logout', 'auth.refresh', 'auth.register'],
      ...['auth.resetPassword', 'ofKey.create', 'users.me', 'users.rename'],
    ]);
    expect(own.length).toBe(
      Object.keys(apiRouter._def.procedures).filter((p) =>
        /^(schedules|nodeTypes|ofKey|users|auth)\./.test(p),
      ).length,
    );
  });

  it('is held to roles and scopes', async () => {
    const viewer = await createPerson('Viewer');
    await db().member.create({
      data: { workspaceId: ada.workspaceId, userId: viewer.userId, role: 'viewer' },
    });
    const scope = { ...viewer.scope, workspaceId: ada.workspaceId, role: 'viewer' as const };
    const asViewer = await restOf({ ...viewer, scope });
    const without = await restOf(ada, ['tables:read']);
    for (const { rest, permission } of own.filter((one) => one.permission)) {
      const path = rest.path.replace(/\{\w+\}/g, 'x');
      const body = rest.method === 'POST' || rest.method === 'PUT' ? {} : undefined;
      expect([path, (await without(rest.method, path, body)).status]).toEqual([path, 403]);
      if (permission === 'workflows:write')
        expect([path, (await asViewer(rest.method, path, body)).status]).toEqual([path, 403]);
    }
  });
});
