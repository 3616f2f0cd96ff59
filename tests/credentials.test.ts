import { beforeAll, describe, expect, it } from 'vitest';
import type { WorkflowInput } from '#engine/workflow.ts';
import { createApiKey } from '#server/api-keys/commands.ts';
import { API_SCOPES } from '#server/api-keys/schema.ts';
import { flushAccesses } from '#server/credentials/access-log.ts';
import { createCredentialDoor } from '#server/credentials/door.ts';
import { rotateKeys } from '#server/credentials/rotate.ts';
import { forget, openCredential } from '#server/credentials/vault.ts';
import { db } from '#server/db.ts';
import { env } from '#server/env.ts';
import { handleRest } from '#server/rest/handler.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';

ownDatabase();
const SECRET = 'canary-3f9c-secret';

let ada: Person; // owner
let bob: Person; // member
let vera: Person; // viewer
let eve: Person; // stranger
beforeAll(async () => {
  [ada, bob, vera, eve] = [
    await createPerson('Ada'),
    await createPerson('Bob'),
    await createPerson('Vera'),
    await createPerson('Eve'),
  ];
  for (const [person, role] of [
    [bob, 'member'],
    [vera, 'viewer'],
  ] as const)
    await db().member.create({ data: { workspaceId: ada.workspaceId, userId: person.userId, role } });
});

const of = (person: Person) => person.caller(ada.workspaceId).credentials;
const make = (person: Person, more: object = {}) =>
  of(person).create({ name: 'API', type: 'header', data: { name: 'X-Key', value: SECRET }, ...more });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'OK',
    (error: { code: string }) => error.code,
  );
const withCredential = (id: string, url = 'https://api.example.com'): WorkflowInput['nodes'] => [
  { id: 'start', name: 'Start', type: 'manual-trigger' },
  {
    id: 'call',
    name: 'Call',
    type: 'http-request',
    parameters: { url, authentication: 'credential' },
    credentials: { auth: id },
  },
];

describe('a credential', () => {
  it('is kept sealed, and no answer ever holds its secret', async () => {
    const made = await make(ada);
    const answers = [
      made,
      await of(ada).get({ id: made.id }),
      await of(ada).list({}),
      await of(ada).update({ id: made.id, data: { name: 'X-Other' } }),
      await ada.caller().audit.list({}),
    ];
    expect(JSON.stringify(answers)).not.toContain(SECRET);
    expect(answers[1]).toMatchObject({ fields: { name: 'X-Key' }, secrets: ['value'] });
    const row = await db().credential.findUniqueOrThrow({ where: { id: made.id } });
    expect(JSON.stringify(row)).not.toContain(SECRET);
    // what was left out has stayed
    expect(await openCredential(ada.workspaceId, made.id)).toEqual({
      type: 'header',
      data: { name: 'X-Other', value: SECRET },
    });
  });

  it('opens in no other workspace, and in no other row', async () => {
    const made = await make(ada);
    await expect(openCredential(eve.workspaceId, made.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const other = await make(ada, { data: { name: 'X-Key', value: 'another secret' } });
    const { sealed } = await db().credential.findUniqueOrThrow({ where: { id: made.id } });
    await db().credential.update({ where: { id: other.id }, data: { sealed } });
    forget(other.id);
    await expect(openCredential(ada.workspaceId, other.id)).rejects.toThrow();
    await db().credential.delete({ where: { id: other.id } });
  });

  it('is checked by its kind, and an error names the field', async () => {
    expect(await codeOf(make(ada, { type: 'nothing' }))).toBe('BAD_REQUEST');
    await expect(make(ada, { data: { value: 'x' } })).rejects.toThrow('data.name');
    await expect(make(ada, { data: { name: 'a', value: 'x', extra: 1 } })).rejects.toThrow('data.extra');
    await expect(make(ada, { allowedHosts: ['https://x.com/'] })).rejects.toThrow('A host is a name');
  });

  it('loses a secret that is taken away, and keeps one that is only not typed again', async () => {
    const { id } = await make(ada, { type: 'basic', data: { user: 'ada', password: SECRET } });
    await of(ada).update({ id, data: { user: 'eva', password: '' } });
    expect((await openCredential(ada.workspaceId, id)).data).toEqual({ user: 'eva', password: SECRET });
    await of(ada).update({ id, data: { password: null } });
    expect((await openCredential(ada.workspaceId, id)).data).toEqual({ user: 'eva', password: '' });
  });

  it('may be given as n8n calls it', async () => {
    const { id, type } = await make(ada, { type: 'httpBasicAuth', data: { user: 'ada', password: SECRET } });
    expect(type).toBe('basic');
    expect((await openCredential(ada.workspaceId, id)).data).toEqual({ user: 'ada', password: SECRET });
    expect((await make(ada, { type: 'api_key', data: { key: SECRET } })).type).toBe('api-key');
  });

  it('is there over REST, without its data', async () => {
    const { key } = await createApiKey(ada.scope, { name: 'k', scopes: [...API_SCOPES] });
    const call = async (method: string, path: string, body?: object) =>
      handleRest(
        new Request(`http://localhost/api/v1${path}`, {
          method,
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          ...(body ? { body: JSON.stringify(body) } : {}),
        }),
      );
    const created = await call('POST', '/credentials', {
      name: 'R',
      type: 'bearer',
      data: { token: SECRET },
    });
    expect(created.status).toBe(201);
    const { id } = (await created.json()) as { id: string };
    for (const path of [
      '/credentials',
      `/credentials/${id}`,
      '/credential-types',
      `/credentials/${id}/accesses`,
    ]) {
      const answer = await call('GET', path);
      expect([path, answer.status]).toEqual([path, 200]);
      expect(await answer.text()).not.toContain(SECRET);
    }
    expect((await call('PUT', `/credentials/${id}`, { name: 'S' })).status).toBe(200);
    expect((await call('DELETE', `/credentials/${id}`)).status).toBe(204);
    expect((await call('GET', `/credentials/${id}`)).status).toBe(404);
  });
});

describe('sharing', () => {
  it('shows members what is for all, and what is shared with them', async () => {
    const open = await make(ada, { name: 'for all' });
    const mine = await make(ada, { name: 'for me', sharing: 'chosen' });
    const ours = await make(ada, { name: 'for bob', sharing: 'chosen', members: [bob.userId] });
    const seenBy = async (person: Person) => {
      const { data } = await of(person).list({ limit: 100 });
      return [open, mine, ours].filter(({ id }) => data.some((row) => row.id === id)).map(({ name }) => name);
    };
    expect(await seenBy(ada)).toEqual(['for all', 'for me', 'for bob']);
    expect(await seenBy(bob)).toEqual(['for all', 'for bob']);
    expect(await seenBy(vera)).toEqual(['for all']);
    expect(await codeOf(of(bob).get({ id: mine.id }))).toBe('NOT_FOUND');
    expect(await codeOf(of(bob).update({ id: ours.id, name: 'taken' }))).toBe('FORBIDDEN');
    expect(await codeOf(of(bob).update({ id: mine.id, name: 'taken' }))).toBe('NOT_FOUND');
    expect(await codeOf(of(bob).delete({ id: mine.id }))).toBe('NOT_FOUND');
    expect(await codeOf(of(vera).create({ name: 'x', type: 'bearer', data: { token: 'x' } }))).toBe(
      'FORBIDDEN',
    );
    expect(await codeOf(of(vera).test({ id: open.id, url: 'https://example.com' }))).toBe('FORBIDDEN');
    await expect(make(ada, { sharing: 'chosen', members: [eve.userId] })).rejects.toThrow('not a member');
    // an admin may manage what a member made
    const his = await make(bob, { sharing: 'chosen' });
    expect((await of(ada).update({ id: his.id, name: 'seen' })).name).toBe('seen');
  });

  it('nobody puts a credential into a workflow that is not shared with them, however deep', async () => {
    const { id } = await make(ada, { sharing: 'chosen' });
    const workflows = bob.caller(ada.workspaceId).workflows;
    expect(await codeOf(workflows.create({ name: 'w', nodes: withCredential(id) }))).toBe('FORBIDDEN');
    const inner = {
      id: 'sub',
      name: 'Sub',
      type: 'execute-workflow',
      parameters: { source: 'inline', workflowJson: { nodes: [{ credentials: { auth: id } }] } },
    };
    expect(await codeOf(workflows.create({ name: 'w', nodes: [inner] }))).toBe('FORBIDDEN');
    const empty = await workflows.create({ name: 'w' });
    expect(await codeOf(workflows.update({ id: empty.id, nodes: withCredential(id) }))).toBe('FORBIDDEN');

    // in a colleague's workflow the rest may be changed, but not where the secret goes
    const hers = await ada.caller().workflows.create({ name: 'hers', nodes: withCredential(id) });
    const renamed = withCredential(id)!.map((node) => ({
      ...node,
      notes: 'looked at',
      position: { x: 5, y: 5 },
    }));
    expect((await workflows.update({ id: hers.id, nodes: renamed })).name).toBe('hers');
    const turned = withCredential(id, 'https://evil.example');
    expect(await codeOf(workflows.update({ id: hers.id, nodes: turned }))).toBe('FORBIDDEN');
  });

  it('a workflow with a credential of another workspace cannot be published', async () => {
    const { id } = await make(ada);
    const workflow = await eve.caller().workflows.create({ name: 'w', nodes: withCredential(id) });
    await expect(eve.caller().workflows.activate({ id: workflow.id })).rejects.toThrow(
      'does not exist any more',
    );
  });
});

describe('the door', () => {
  const asked: { url: string; headers?: Record<string, string> }[] = [];
  const http = {
    request: async (request: { url: string; headers?: Record<string, string> }) => {
      asked.push(request);
      const body = Buffer.from(JSON.stringify({ you: request.headers }));
      return {
        status: 200,
        statusText: 'OK',
        headers: { 'content-type': 'application/json' },
        body,
        url: request.url,
      };
    },
  };
  const doorOf = (person: Person) =>
    createCredentialDoor(
      { workspaceId: person.workspaceId, executionId: '0198c0de-0000-7000-8000-000000000001' },
      http,
    );

  it('signs for allowed hosts only, and takes the secret out of what comes back', async () => {
    const { id } = await make(ada, { allowedHosts: ['*.example.com'] });
    const use = { id, nodeId: 'n', types: [] };
    const door = doorOf(ada).signing(http, use);
    const answer = await door.request({ method: 'GET', url: 'https://api.example.com/' });
    expect(asked.at(-1)?.headers).toEqual({ 'x-key': SECRET });
    expect(Buffer.from(answer.body).toString()).toBe('{"you":{"x-key":"***"}}');
    const before = asked.length;
    for (const url of [
      'https://example.com.evil.example/',
      'https://evilexample.com',
      'http://127.0.0.1/',
      'https://x@evil.example/',
    ])
      await expect(door.request({ method: 'GET', url })).rejects.toMatchObject({ data: { kind: 'config' } });
    expect(asked.length).toBe(before);
    await expect(
      doorOf(eve).signing(http, use).request({ method: 'GET', url: 'https://api.example.com/' }),
    ).rejects.toMatchObject({
      data: { kind: 'auth' },
    });
  });

  it('writes down who used it, once for each node run', async () => {
    const { id } = await make(ada);
    const door = doorOf(ada);
    const use = { id, nodeId: 'n', types: [] };
    for (let i = 0; i < 3; i++)
      await door.signing(http, use).request({ method: 'GET', url: 'https://a.example/' });
    await door.signing(http, { ...use, nodeId: 'm' }).request({ method: 'GET', url: 'https://a.example/' });
    await flushAccesses();
    const { data } = await of(ada).accesses({ id });
    expect(data.map(({ kind, host, nodeId }) => [kind, host, nodeId]).sort()).toEqual([
      ['used', 'a.example', 'm'],
      ['used', 'a.example', 'n'],
    ]);
    expect((await of(ada).get({ id })).lastUsedAt).not.toBeNull();
    expect(await codeOf(of(vera).accesses({ id }))).toBe('FORBIDDEN');
  });
});

it('all of it comes under new keys, and the old ones are needed no more', async () => {
  const { id } = await make(ada);
  const old = env().LINKFLOW_MASTER_KEY;
  try {
    env().LINKFLOW_MASTER_KEY = 'c'.repeat(64);
    env().LINKFLOW_PREVIOUS_MASTER_KEYS = [old];
    const sealedBefore = await db().credential.findUniqueOrThrow({ where: { id } });
    const done = await rotateKeys({ dataKeys: true });
    expect(done.dataKeysRewrapped).toBeGreaterThan(0);
    expect(done.credentialsResealed).toBe(await db().credential.count());
    env().LINKFLOW_PREVIOUS_MASTER_KEYS = [];
    forget(id);
    expect((await openCredential(ada.workspaceId, id)).data.value).toBe(SECRET);
    expect((await db().credential.findUniqueOrThrow({ where: { id } })).sealed).not.toBe(sealedBefore.sealed);
    expect(await rotateKeys({ dataKeys: false })).toMatchObject({ dataKeysRewrapped: 0 });
  } finally {
    env().LINKFLOW_MASTER_KEY = 'c'.repeat(64);
    env().LINKFLOW_PREVIOUS_MASTER_KEYS = [old];
  }
});
