import { beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '#server/api-keys/commands.ts';
import { API_SCOPES } from '#server/api-keys/schema.ts';
import { db, getPool } from '#server/db.ts';
import { answerPreflight, handleRest } from '#server/rest/handler.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';

ownDatabase();
let ada: Person;
let key: string;
beforeAll(async () => {
  ada = await createPerson('Ada');
  key = (await createApiKey(ada.scope, { name: 'k', scopes: API_SCOPES })).key;
});

const call = (method: string, path: string, body?: object, headers: Record<string, string> = {}) =>
  handleRest(
    new Request(`http://localhost/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      ...(body ? { body: JSON.stringify(body) } : {}),
    }),
  );
const named = (name: string) => db().workflow.count({ where: { name, workspaceId: ada.workspaceId } });

describe('an Idempotency-Key', () => {
  const withKey = (name: string) => ({ 'idempotency-key': name });

  it('makes a call happen once, and gives its answer again', async () => {
    const first = await call('POST', '/workflows', { name: 'once' }, withKey('a'));
    const again = await call('POST', '/workflows', { name: 'once' }, withKey('a'));
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
    expect(first.headers.get('idempotency-replayed')).toBeNull();
    expect(await again.json()).toEqual(await first.json());
    expect(await named('once')).toBe(1);
  });

  it('holds when many calls come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => call('POST', '/workflows', { name: 'at once' }, withKey('b'))),
    );
    expect(await named('at once')).toBe(1);
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status !== 409 && status !== 201)).toEqual([]);
    expect(statuses).toContain(201);
  });

  it('is for one call only', async () => {
    await call('POST', '/workflows', { name: 'x' }, withKey('c'));
    for (const other of [
      await call('POST', '/workflows', { name: 'y' }, withKey('c')),
      await call('POST', '/tables', { name: 'x' }, withKey('c')),
    ])
      expect(other.status).toBe(422);
    expect(await named('y')).toBe(0);
  });

  it('remembers what the caller did wrong, and not what went wrong here', async () => {
    expect((await call('POST', '/workflows', { name: '' }, withKey('d'))).status).toBe(400);
    const again = await call('POST', '/workflows', { name: '' }, withKey('d'));
    expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([400, 'true']);
    // one that was cut off two minutes ago is over
    await getPool().query(
      `insert into idempotent_answer (workspace_id, key, fingerprint, expires_at) values ($1, 'e', 'other', now() - interval '1 second')`,
      [ada.workspaceId],
    );
    expect((await call('POST', '/workflows', { name: 'e' }, withKey('e'))).status).toBe(201);
  });

  it('is each workspace’s own', async () => {
    const bob = await createPerson('Bob');
    const his = (await createApiKey(bob.scope, { name: 'k', scopes: API_SCOPES })).key;
    await call('POST', '/workflows', { name: 'hers' }, withKey('f'));
    const answer = await call(
      'POST',
      '/workflows',
      { name: 'hers' },
      { ...withKey('f'), authorization: `Bearer ${his}` },
    );
    expect(answer.headers.get('idempotency-replayed')).toBeNull();
    expect(JSON.stringify(await answer.json())).not.toContain(ada.workspaceId);
    expect(
      (await call('POST', '/workflows', { name: 'z' }, { ...withKey('f'), authorization: 'Bearer lf_none' }))
        .status,
    ).toBe(401);
  });
});

describe('every answer', () => {
  it('has an id, the caller’s own where there is one', async () => {
    const made = await call('GET', '/workflows');
    expect(made.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    const own = await call('GET', '/nothing', undefined, { 'x-request-id': 'my-call-0001' });
    expect(own.headers.get('x-request-id')).toBe('my-call-0001');
    expect(await own.json()).toMatchObject({ status: 404 });
    const odd = await call('GET', '/workflows', undefined, { 'x-request-id': 'a b"<' });
    expect(odd.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('may be read by pages of other sites, which have a key and no cookie', async () => {
    expect((await call('GET', '/workflows')).headers.get('access-control-allow-origin')).toBe('*');
    const preflight = answerPreflight();
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('that is a refusal is a problem document that names the place', async () => {
    const answer = await call('POST', '/workflows', { name: 'x', nodes: [{ id: '' }] });
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ status: 400, detail: expect.stringContaining('nodes.0.id') });
  });
});

describe('a search', () => {
  const found = async (text: string) =>
    (
      (await (await call('GET', `/workflows?search=${encodeURIComponent(text)}`)).json()) as {
        data: { name: string }[];
      }
    ).data.map(({ name }) => name);

  it('finds workflows by their name, their nodes, notes and texts, in any language', async () => {
    await call('POST', '/workflows', {
      name: 'Invoices über Nacht',
      nodes: [
        {
          id: 'a',
          name: 'Zapfenstreich',
          type: 'http-request',
          notes: 'Пришлите счёт',
          parameters: { url: 'https://billing.example.com/v2/customers' },
        },
      ],
    });
    for (const text of [
      'nvoic',
      'über',
      'zapfen',
      'счёт',
      'billing.example',
      'customers zapf',
      'HTTP request',
    ])
      expect([text, await found(text)]).toEqual([text, ['Invoices über Nacht']]);
    for (const text of ['customers nowhere', 'apfenstreich'])
      expect([text, await found(text)]).toEqual([text, []]);
  });

  it('takes whatever people type', async () => {
    for (const text of ["'", ':*', '& | !', '(((', '%', '\\', '"a" <-> b', '😀', 'a'.repeat(200)])
      expect(await found(text)).toEqual(expect.any(Array));
  });

  it('finds a new text and no longer an old one', async () => {
    const { id } = (await (await call('POST', '/workflows', { name: 'Changing' })).json()) as { id: string };
    const nodes = (notes: string) => [{ id: 'n', name: 'N', type: 'no-op', notes }];
    await call('PUT', `/workflows/${id}`, { nodes: nodes('quagga') });
    expect(await found('quagga')).toEqual(['Changing']);
    await call('PUT', `/workflows/${id}`, { nodes: nodes('okapi') });
    expect(await found('quagga')).toEqual([]);
  });
});
