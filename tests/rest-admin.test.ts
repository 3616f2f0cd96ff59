import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#lib/id.ts';
import { createApiKey, revokeApiKey } from '#server/api-keys/commands.ts';
import { ADMIN_SCOPES, API_SCOPES } from '#server/api-keys/schema.ts';
import { findSession } from '#server/auth/sign-in.ts';
import { db } from '#server/db.ts';
import { acceptExecution } from '#server/executions/accept.ts';
import { restEndpoints } from '#server/rest/endpoints.ts';
import { appRouter } from '#server/trpc/app-router.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { type Call, restOf, restWith } from './support/rest-calls.ts';
import { node } from './support/workflows.ts';
import { createWorkflow } from './support/workload.ts';

ownDatabase();

interface Page {
  data: { id: string }[];
  nextCursor: string | null;
}
interface Problem {
  detail: string;
}
const endpoints = restEndpoints().filter(({ permission }) => permission?.startsWith('admin:'));
const CANARY = 'canary-51c0';

let operator: Person;
let call: Call;
let ada: Person;
beforeAll(async () => {
  operator = await createPerson('Operator');
});
beforeEach(async () => {
  await db().user.update({ where: { id: operator.userId }, data: { isAdmin: true } });
  call = await restOf(operator, ADMIN_SCOPES);
  ada = await createPerson('Ada');
});

/** How every endpoint for operators answers a key, with ids of somebody who exists. */
async function answers(key: Call): Promise<number[]> {
  const found = new Set<number>();
  for (const { rest } of endpoints) {
    const path = rest.path.replace('{id}', rest.path.includes('workspaces') ? ada.workspaceId : ada.userId);
    const { status } = await key(rest.method, path, rest.method === 'GET' ? undefined : { seats: 3 });
    found.add(status);
  }
  return [...found].sort();
}
const make = (isAdmin: boolean, { userId } = operator) =>
  db().user.update({ where: { id: userId }, data: { isAdmin } });

describe('keys of operators', () => {
  it('are made by operators only, and only when they are asked for', async () => {
    for (const scope of ADMIN_SCOPES) {
      await expect(createApiKey(ada.scope, { name: 'k', scopes: [scope] })).rejects.toThrow('Only operators');
      await expect(ada.caller().apiKeys.create({ name: 'k', scopes: [scope] })).rejects.toThrow(
        'Only operators',
      );
    }
    expect(await db().apiKey.count({ where: { userId: ada.userId } })).toBe(0);
    const { scopes, key } = await operator.caller().apiKeys.create({ name: 'usual' });
    expect(scopes).toEqual(API_SCOPES.filter((scope) => !scope.startsWith('billing:')));
    const login = { email: operator.email, password: 'correct horse battery' };
    const { body } = await restWith()<{ token: string }>('POST', '/auth/login', login);
    for (const usual of [key, body.token]) expect(await answers(restWith(usual))).toEqual([403]);
  });

  it('open everything for operators, and stop with the right, the account or the key', async () => {
    expect(endpoints.length).toBeGreaterThanOrEqual(12);
    const statuses = await answers(call);
    expect(statuses).toEqual(expect.arrayContaining([200, 204]));
    // what the input lacks for one or another is found out behind the door
    expect(statuses.filter((status) => status > 400)).toEqual([]);
    await make(false);
    expect(await answers(call)).toEqual([403]);
    const again = { 'idempotency-key': 'again' };
    const end = () => call('POST', `/admin/users/${ada.userId}/end-sessions`, undefined, again);
    expect((await end()).status).toBe(403);
    await make(true);
    expect([(await end()).status, (await end()).headers.get('idempotency-replayed')]).toEqual([200, 'true']);
    await make(false);
    expect((await end()).status).toBe(403);
    await make(true);
    expect((await call('GET', '/admin/stats')).status).toBe(200);
    await db().user.update({ where: { id: operator.userId }, data: { blockedAt: new Date() } });
    expect(await answers(call)).toEqual([401]);
    await db().user.update({ where: { id: operator.userId }, data: { blockedAt: null } });
    const { key, id } = await createApiKey(operator.scope, { name: 'k', scopes: ADMIN_SCOPES });
    await revokeApiKey(operator.scope, id);
    expect(await answers(restWith(key))).toEqual([401]);
    expect(await answers(restWith())).toEqual([401]);
  });

  it('read or change as their scope says, and open nothing of workspaces', async () => {
    const reader = await restOf(operator, ['admin:read']);
    const writer = await restOf(operator, ['admin:write']);
    const block = `/admin/users/${ada.userId}/block`;
    expect([(await reader('GET', '/admin/users')).status, (await reader('POST', block)).status]).toEqual([
      ...[200, 403],
    ]);
    expect([(await writer('GET', '/admin/users')).status, (await writer('POST', block)).status]).toEqual([
      ...[403, 204],
    ]);
    for (const path of ['/workflows', '/members', '/executions'])
      expect([path, (await call('GET', path)).status]).toEqual([path, 403]);
  });

  it('leave the making of operators, and the mails, to people', async () => {
    const open = endpoints.map(({ procedure }) => procedure).filter((name) => name.startsWith('admin.'));
    const all = Object.keys(appRouter._def.procedures).filter((name) => /^(admin|outbox)\./.test(name));
    expect(all.filter((name) => !open.includes(name)).sort()).toEqual(['admin.setAdmin', 'outbox.list']);
  });
});

describe('operators by the API', () => {
  it('see figures, the queue, people, workspaces and executions', async () => {
    const version = await createWorkflow(ada, { name: 'W', nodes: [node('start', 'manual-trigger')] });
    const { executionId } = await acceptExecution({
      ...{ workspaceId: ada.workspaceId, ...version, mode: 'webhook' },
      trigger: { nodeId: 'start', items: [{ json: { secret: CANARY } }] },
    });
    expect((await call('GET', '/admin/stats')).body).toMatchObject({ users: await db().user.count() });
    expect((await call('GET', '/admin/stats/executions')).body).toHaveProperty('week');
    expect((await call('GET', '/admin/queue')).body).toHaveProperty('tiers');
    const executions = await call<Page>('GET', `/admin/executions?workspaceId=${ada.workspaceId}`);
    expect(executions.body.data).toMatchObject([{ id: executionId, workflowName: 'W' }]);
    expect(JSON.stringify(executions.body)).not.toContain(CANARY);
    const users = await call<Page>('GET', '/admin/users?limit=1');
    const next = await call<Page>('GET', `/admin/users?limit=1&cursor=${users.body.nextCursor}`);
    expect(users.body.data).toMatchObject([{ id: ada.userId, email: ada.email }]);
    expect(next.body.data[0]!.id).not.toBe(ada.userId);
    expect((await call('GET', '/users?limit=1')).body).toEqual(users.body);
    const workspaces = await call<Page>('GET', `/admin/workspaces?search=${ada.workspaceId}`);
    expect(workspaces.body.data).toMatchObject([{ id: ada.workspaceId, members: 1, seats: null }]);
    const members = await call<Page>('GET', `/admin/workspaces/${ada.workspaceId}/members`);
    expect(members.body.data).toMatchObject([{ userId: ada.userId, role: 'owner' }]);
    expect((await call('GET', '/admin/users?limit=0')).status).toBe(400);
    expect((await call('GET', '/admin/users?cursor=x')).status).toBe(400);
  });

  it('block, let in, log out and set seats', async () => {
    const theirs = await restOf(ada, ['workflows:read']);
    const at = `/admin/users/${ada.userId}`;
    expect((await call('POST', `${at}/end-sessions`)).body).toEqual({ ended: 1 });
    expect((await call('POST', `${at}/block`)).status).toBe(204);
    expect((await theirs('GET', '/workflows')).status).toBe(401);
    expect((await call('POST', `${at}/unblock`)).status).toBe(204);
    expect((await theirs('GET', '/workflows')).status).toBe(200);
    expect((await call('PUT', `/admin/workspaces/${ada.workspaceId}/seats`, { seats: 2 })).status).toBe(204);
    expect((await theirs('GET', '/workspace')).body).toMatchObject({ seats: 2 });
    for (const path of ['users/{id}/block', 'users/{id}/unblock', 'workspaces/{id}/seats'])
      expect(
        (
          await call(path.endsWith('seats') ? 'PUT' : 'POST', `/admin/${path.replace('{id}', newId())}`, {
            seats: 1,
          })
        ).status,
      ).toBe(404);
  });

  it('cannot do anything to operators by a key, themselves included', async () => {
    await make(true, ada);
    for (const what of ['block', 'unblock', 'end-sessions']) {
      const { status, body } = await call<Problem>('POST', `/admin/users/${ada.userId}/${what}`);
      expect([what, status, body.detail]).toEqual([what, 403, expect.stringContaining('logged in')]);
    }
    expect((await call('POST', `/admin/users/${operator.userId}/block`)).status).toBe(409);
    expect(await findSession(ada.sessionId)).not.toBeNull();
    await operator.caller().admin.block({ id: ada.userId });
    expect(await findSession(ada.sessionId)).toBeNull();
  });
});
