import { beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#lib/id.ts';
import { createApiKey, revokeApiKey } from '#server/api-keys/commands.ts';
import { db } from '#server/db.ts';
import type { Role } from '#server/workspaces/schema.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { type Call, restOf, restWith } from './support/rest-calls.ts';

ownDatabase();

interface Problem {
  title: string;
  detail: string;
}
interface Listed<T> {
  data: T[];
  nextCursor: string | null;
}
let owner: Person;
let call: Call;
let here: string;
beforeEach(async () => {
  owner = await createPerson('Owner');
  call = await restOf(owner);
  here = `/workspaces/${owner.workspaceId}`;
});

/** Somebody in the owner's workspace, as who they are there. */
async function join(role: Role): Promise<Person> {
  const person = await createPerson(role);
  const place = { workspaceId: owner.workspaceId, userId: person.userId };
  await db().member.create({ data: { ...place, role } });
  return { ...person, workspaceId: owner.workspaceId, scope: { ...person.scope, ...place, role } };
}
const roleOf = async ({ userId }: Person) =>
  (await db().member.findFirst({ where: { userId, workspaceId: owner.workspaceId } }))?.role;

describe('the workspace', () => {
  it('is listed, read by its id, and changed in part', async () => {
    const { body: listed } = await call<Listed<object>>('GET', '/workspaces');
    const { body: found } = await call('GET', here);
    expect(listed).toEqual({ data: [found], nextCursor: null });
    expect((await call('GET', '/workspace')).body).toEqual(found);
    expect(found).toMatchObject({ id: owner.workspaceId, name: 'Owner’s workspace', concurrency: null });
    const renamed = await call('PATCH', here, { name: 'Orders' });
    expect([renamed.status, renamed.body]).toEqual([200, { ...found, name: 'Orders' }]);
    expect((await call('PUT', here, { concurrency: 3 })).body).toEqual({
      ...{ ...found, name: 'Orders', concurrency: 3 },
    });
    expect((await call('PATCH', here, { concurrency: 0 })).status).toBe(400);
  });

  it('is changed by the scope for it, as far as the role of the key’s owner goes at that moment', async () => {
    const admin = await join('admin');
    const byAdmin = await restOf(admin, ['workspace:write']);
    expect((await byAdmin('PATCH', here, { name: 'x' })).status).toBe(200);
    await db().member.updateMany({
      where: { userId: admin.userId, role: 'admin' },
      data: { role: 'member' },
    });
    expect((await byAdmin('PATCH', here, { name: 'y' })).status).toBe(403);
    const without = await restOf(owner, ['workflows:write', 'members:write']);
    expect((await without<Problem>('PATCH', here, { name: 'y' })).body).toMatchObject({
      title: 'FORBIDDEN',
      detail: 'This API key lacks the scope “workspace:write”.',
    });
  });

  it('is not deleted or given away by a key, and another one is not there', async () => {
    const all = { name: 'Owner’s workspace', password: 'correct horse battery' };
    const answer = await call<Problem>('DELETE', here, undefined);
    expect([answer.status, answer.body.title]).toEqual([405, 'METHOD_NOT_SUPPORTED']);
    expect((await call('POST', `${here}/transfer`, all)).status).toBe(404);
    const stranger = await createPerson('Stranger');
    for (const other of [stranger.workspaceId, newId(), 'x', `${owner.workspaceId}x`])
      for (const [method, path] of [
        ['GET', ''],
        ['PATCH', ''],
        ['GET', '/members'],
        ['POST', '/invitations'],
      ] as const) {
        const sent = method === 'GET' ? undefined : { name: 'x', email: 'a@example.com', role: 'viewer' };
        const { status, body } = await call<Problem>(method, `/workspaces/${other}${path}`, sent);
        expect([path, status, body.detail]).toEqual([path, 404, 'This workspace does not exist.']);
      }
    expect(await db().invitation.count({ where: { email: 'a@example.com' } })).toBe(0);
  });

  it('is made by whoever logged in, and not by a key', async () => {
    expect((await call('POST', '/workspaces', { name: 'Second' })).status).toBe(403);
    const login = { email: owner.email, password: 'correct horse battery' };
    const { body } = await restWith()<{ token: string }>('POST', '/auth/login', login);
    const made = await restWith(body.token)<{ id: string }>('POST', '/workspaces', { name: 'Second' });
    expect([made.status, made.body]).toEqual([201, { id: expect.any(String), name: 'Second' }]);
    const there = await restWith()<{ token: string }>('POST', '/auth/login', {
      ...{ ...login, workspaceId: made.body.id },
    });
    expect((await restWith(there.body.token)('GET', '/workspace')).body).toMatchObject({ name: 'Second' });
  });
});

describe('members', () => {
  it('are listed page by page, with and without the workspace in the path', async () => {
    for (let i = 0; i < 3; i++) await join('viewer');
    const first = await call<Listed<{ userId: string }>>('GET', `${here}/members?limit=3`);
    const second = await call<Listed<{ userId: string }>>(
      'GET',
      `/members?limit=3&cursor=${first.body.nextCursor}`,
    );
    const ids = [...first.body.data, ...second.body.data].map(({ userId }) => userId);
    expect(new Set(ids).size).toBe(4);
    expect([ids[0], second.body.nextCursor]).toEqual([owner.userId, null]);
    const [one] = first.body.data;
    expect((await call('GET', `${here}/members/${owner.userId}`)).body).toEqual(one);
    expect((await call('GET', `/members/${owner.userId}`)).body).toMatchObject({
      ...{ userId: owner.userId, name: 'Owner', email: owner.email, role: 'owner' },
      createdAt: expect.any(String),
    });
    expect((await call('GET', `/members/${newId()}`)).status).toBe(404);
  });

  it('get another role, and leave with their keys', async () => {
    const friend = await join('viewer');
    const changed = await call('PATCH', `${here}/members/${friend.userId}`, { role: 'member' });
    expect([changed.status, changed.body]).toMatchObject([200, { userId: friend.userId, role: 'member' }]);
    const theirs = await restOf(friend);
    expect((await theirs('GET', '/workflows')).status).toBe(200);
    expect((await call('DELETE', `/members/${friend.userId}`)).status).toBe(204);
    expect(await roleOf(friend)).toBeUndefined();
    expect((await theirs('GET', '/workflows')).status).toBe(401);
    expect((await call('DELETE', `/members/${friend.userId}`)).status).toBe(404);
    const { data } = await owner.caller().audit.list({});
    expect(data.map(({ action }) => action)).toEqual(
      expect.arrayContaining(['member.remove', 'member.update-role']),
    );
  });

  it('become and stop being owners by people only', async () => {
    const friend = await join('admin');
    const second = await join('owner');
    const login = { email: owner.email, password: 'correct horse battery' };
    const { body } = await restWith()<{ token: string }>('POST', '/auth/login', login);
    for (const key of [call, restWith(body.token), await restOf(second)]) {
      expect((await key('PATCH', `/members/${friend.userId}`, { role: 'owner' })).status).toBe(403);
      for (const one of [owner, second]) {
        expect((await key('PATCH', `/members/${one.userId}`, { role: 'viewer' })).status).toBe(403);
        expect((await key('DELETE', `/members/${one.userId}`)).status).toBe(403);
      }
    }
    expect([await roleOf(owner), await roleOf(second), await roleOf(friend)]).toEqual([
      ...['owner', 'owner', 'admin'],
    ]);
    await owner.caller().members.updateRole({ userId: second.userId, role: 'admin' });
    expect(await roleOf(second)).toBe('admin');
  });

  it('are seen and changed with the scope and the role for it', async () => {
    const viewer = await join('viewer');
    const asViewer = await restOf(viewer);
    const reader = await restOf(owner, ['members:read']);
    const none = await restOf(owner, ['workflows:read', 'workspace:write']);
    const writer = await restOf(owner, ['members:write']);
    const statuses = async (key: Call) =>
      Promise.all(
        [
          key('GET', '/members'),
          key('GET', `/users/${owner.userId}`),
          key('GET', '/invitations'),
          key('PATCH', `/members/${viewer.userId}`, { role: 'viewer' }),
        ].map(async (answer) => (await answer).status),
      );
    expect(await statuses(asViewer)).toEqual([200, 200, 403, 403]);
    expect(await statuses(reader)).toEqual([200, 200, 403, 403]);
    expect(await statuses(none)).toEqual([403, 403, 403, 403]);
    expect(await statuses(writer)).toEqual([403, 403, 200, 200]);
    const { key, id } = await createApiKey(owner.scope, { name: 'k', scopes: ['members:read'] });
    await revokeApiKey(owner.scope, id);
    expect(await statuses(restWith(key))).toEqual([401, 401, 401, 401]);
    expect(await statuses(restWith())).toEqual([401, 401, 401, 401]);
  });

  it('are not shown to another key by the Idempotency-Key of one that may see them', async () => {
    const viewer = await join('viewer');
    const change = (key: Call) =>
      key('PATCH', `/members/${viewer.userId}`, { role: 'member' }, { 'idempotency-key': 'role' });
    const none = await restOf(owner, ['workflows:read']);
    expect((await change(none)).status).toBe(403);
    expect((await change(call)).body).toMatchObject({ email: viewer.email });
    expect((await change(none)).status).toBe(403);
    expect((await change(call)).headers.get('idempotency-replayed')).toBe('true');
  });

  it('are not in the hands of keys from before there were scopes for them', async () => {
    const { key, id } = await createApiKey(owner.scope, { name: 'old', scopes: [] });
    const before = [
      'workflows:read',
      'workflows:write',
      'executions:read',
      'executions:write',
      'tables:read',
    ];
    await db().apiKey.update({
      where: { id },
      data: {
        scopes: [...before, 'tables:write', 'files:read', 'files:write', 'credentials:read', 'audit:read'],
      },
    });
    const old = restWith(key);
    expect((await old('GET', '/workspace')).status).toBe(200);
    for (const path of ['/members', '/invitations', '/admin/stats'])
      expect([path, (await old('GET', path)).status]).toEqual([path, 403]);
    expect((await old('PATCH', here, { name: 'x' })).status).toBe(403);
  });
});

describe('invitations', () => {
  it('are made under both paths, listed, taken back, and let somebody in', async () => {
    const guest = await createPerson('Guest');
    const sent = { email: guest.email, role: 'member' };
    const first = await call<{ url: string; invitation: { id: string } }>('POST', `${here}/members`, sent);
    const again = await call<{ url: string; invitation: { id: string } }>('POST', '/invitations', sent);
    expect([first.status, again.status]).toEqual([201, 201]);
    const { body: open } = await call<Listed<{ id: string }>>('GET', `${here}/invitations`);
    expect(open).toEqual({ data: [again.body.invitation], nextCursor: null });
    const token = again.body.url.split('/').at(-1)!;
    expect(await guest.caller().members.acceptInvitation({ token })).toEqual({
      workspaceId: owner.workspaceId,
    });
    expect((await call('POST', '/members', sent)).status).toBe(409);
    const other = { email: 'other@example.com', role: 'admin' };
    const { body } = await call<{ invitation: { id: string } }>('POST', '/invitations', other);
    expect((await call('DELETE', `/invitations/${body.invitation.id}`)).status).toBe(204);
    expect((await call('DELETE', `${here}/invitations/${body.invitation.id}`)).status).toBe(404);
    expect((await call('POST', '/invitations', { ...other, role: 'owner' })).status).toBe(400);
  });

  it('are not kept for an Idempotency-Key, since their answer holds the link', async () => {
    const sent = { email: 'once@example.com', role: 'viewer' };
    for (let i = 0; i < 2; i++)
      expect((await call('POST', '/invitations', sent, { 'idempotency-key': 'invite' })).status).toBe(201);
    expect(await db().idempotentAnswer.count({ where: { key: 'invite' } })).toBe(0);
    expect(await db().invitation.count({ where: { email: sent.email } })).toBe(1);
  });
});
