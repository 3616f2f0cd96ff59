import { beforeAll, describe, expect, it } from 'vitest';
import { createCredential } from '#server/credentials/commands.ts';
import { db } from '#server/db.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { type Call, restOf } from './support/rest-calls.ts';

ownDatabase();

interface Node {
  id: string;
  name: string;
  type: string;
  parameters: Record<string, unknown>;
}
interface Edge {
  id: string;
  from: { node: string };
  to: { node: string };
}
interface Saved {
  revision: number;
  issues: { code: string; nodeId?: string }[];
}
type Problem = { detail: string; revision?: number };

let ada: Person;
let call: Call;
let base: string;
beforeAll(async () => {
  ada = await createPerson('Ada');
  call = await restOf(ada);
});
const create = async (...names: string[]) => {
  const nodes = names.map((name) => ({ id: name, name, type: 'no-op' }));
  const { body } = await call<{ id: string }>('POST', '/workflows', { name: 'Graph', nodes });
  base = `/workflows/${body.id}`;
};
const nodes = async () => (await call<{ data: Node[] }>('GET', `${base}/nodes?limit=500`)).body.data;
const edges = async () => (await call<{ data: Edge[] }>('GET', `${base}/edges?limit=500`)).body.data;
const edge = (from: string, to: string) => ({ from: { node: from }, to: { node: to } });

describe('nodes', () => {
  it('are added with an id and a free name of their own, changed in parts, and go with their edges', async () => {
    await create();
    const first = await call<{ node: Node } & Saved>('POST', `${base}/nodes`, { type: 'set' });
    const second = await call<{ node: Node } & Saved>('POST', `${base}/nodes`, { type: 'set', nodeId: 'b' });
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.revision).toBe(first.body.revision + 1);
    expect(second.body.node).toMatchObject({ id: 'b', name: `${first.body.node.name} 2` });
    const a = first.body.node.id;
    await call('POST', `${base}/edges`, edge(a, 'b'));
    const changed = await call<{ node: Node }>('PUT', `${base}/nodes/b`, { name: 'Second' });
    expect(changed.body.node).toMatchObject({ name: 'Second', type: 'set' });
    expect((await call<{ node: Node }>('GET', `${base}/nodes/b`)).body.node.name).toBe('Second');
    expect((await call('DELETE', `${base}/nodes/b`)).status).toBe(200);
    expect((await nodes()).map(({ id }) => id)).toEqual([a]);
    expect(await edges()).toEqual([]);
    expect((await call('GET', `${base}/nodes/b`)).status).toBe(404);
    expect((await call('DELETE', `${base}/nodes/b`)).status).toBe(404);
  });

  it('are refused when their id or name is taken, and a batch is all or nothing', async () => {
    await create('a');
    const twice = await call<Problem>('POST', `${base}/nodes`, { type: 'set', nodeId: 'a' });
    expect([twice.status, twice.body.detail]).toEqual([409, 'id: there is a node “a” already.']);
    const batch = await call<Problem>('POST', `${base}/nodes/batch`, {
      nodes: [{ type: 'set' }, { type: 'set', name: 'a' }],
    });
    expect([batch.status, batch.body.detail]).toEqual([
      409,
      'nodes.1.name: there is a node named “a” already.',
    ]);
    expect(await nodes()).toHaveLength(1);
    expect(
      (await call('POST', `${base}/nodes/batch`, { nodes: [{ type: 'set' }, { type: 'if' }] })).status,
    ).toBe(201);
    expect(await nodes()).toHaveLength(3);
    const rename = await call<Problem>('PUT', `${base}/nodes/a`, { name: (await nodes())[1]!.name });
    expect(rename.status).toBe(409);
  });

  it('come page by page', async () => {
    await create('a', 'b', 'c');
    const first = await call<{ data: Node[]; nextCursor: string }>('GET', `${base}/nodes?limit=2`);
    expect(first.body.data.map(({ id }) => id)).toEqual(['a', 'b']);
    const next = await call<{ data: Node[]; nextCursor: null }>(
      'GET',
      `${base}/nodes?limit=2&cursor=${first.body.nextCursor}`,
    );
    expect([next.body.data.map(({ id }) => id), next.body.nextCursor]).toEqual([['c'], null]);
    expect((await call('GET', `${base}/nodes?cursor=bm9uZQ`)).status).toBe(400);
  });

  it('name the place of what is wrong, and of what keeps them from running', async () => {
    await create();
    const bad = await call<Problem>('POST', `${base}/nodes/batch`, { nodes: [{ type: 'set' }, {}] });
    expect([bad.status, bad.body.detail]).toEqual([400, expect.stringMatching(/^nodes\.1\.type: /)]);
    const odd = await call<Saved>('POST', `${base}/nodes`, { type: 'nothing-like-it', nodeId: 'x' });
    expect(odd.body.issues).toContainEqual(expect.objectContaining({ code: 'unknown-type', nodeId: 'x' }));
  });

  it('cannot be given a credential that is not shared with the caller', async () => {
    const eve = await createPerson('Eve');
    await db().member.create({
      data: { workspaceId: ada.workspaceId, userId: eve.userId, role: 'member' },
    });
    const secret = await createCredential(ada.scope, {
      ...{ name: 'Mine', type: 'bearer', data: { token: 'x' } },
      ...{ allowedHosts: [], sharing: 'chosen', members: [], expiresAt: null },
    });
    await create('a');
    const hers = await restOf({
      ...eve,
      scope: { ...eve.scope, workspaceId: ada.workspaceId, role: 'member' },
    });
    const taken = await hers('POST', `${base}/nodes`, {
      type: 'http-request',
      credentials: { auth: secret.id },
    });
    expect(taken.status).toBe(403);
    expect(await nodes()).toHaveLength(1);
  });
});

describe('edges', () => {
  it('have an id that stays, and are there once', async () => {
    await create('a', 'b', 'c');
    const made = await call<{ edge: Edge }>('POST', `${base}/edges`, edge('a', 'b'));
    expect(made.status).toBe(201);
    await call('POST', `${base}/edges/batch`, { edges: [edge('b', 'c'), edge('a', 'c')] });
    expect((await edges()).map(({ id }) => id)).toContain(made.body.edge.id);
    expect(new Set((await edges()).map(({ id }) => id)).size).toBe(3);
    expect((await call('POST', `${base}/edges`, edge('a', 'b'))).status).toBe(409);
    expect((await call('DELETE', `${base}/edges/${made.body.edge.id}`)).status).toBe(200);
    expect((await call('DELETE', `${base}/edges/${made.body.edge.id}`)).status).toBe(404);
    expect(await edges()).toHaveLength(2);
  });

  it('need two nodes', async () => {
    await create('a');
    const answer = await call<Problem>('POST', `${base}/edges/batch`, {
      edges: [edge('a', 'a'), edge('a', 'z')],
    });
    expect([answer.status, answer.body.detail]).toEqual([400, 'edges.1.to.node: there is no node “z”.']);
    expect(await edges()).toEqual([]);
  });
});

describe('of many who change a graph at once', () => {
  it('nobody loses a node', async () => {
    await create();
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        call<Saved>('POST', `${base}/nodes`, { type: 'no-op', name: `n${i}` }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(201));
    expect((await nodes()).map(({ name }) => name).sort()).toEqual(
      Array.from({ length: 12 }, (_, i) => `n${i}`).sort(),
    );
    expect(new Set(answers.map(({ body }) => body.revision)).size).toBe(12);
  });

  it('one gets on who names the revision, and the others are told', async () => {
    await create();
    const { headers } = await call('GET', base);
    const tag = headers.get('etag')!;
    expect(tag).toBe('"1"');
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => call('POST', `${base}/nodes`, { type: 'no-op' }, { 'if-match': tag })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    expect(await nodes()).toHaveLength(1);
    const late = await call<Problem>('DELETE', `${base}/nodes/x?revision=1`);
    expect([late.status, late.body.revision]).toEqual([409, 2]);
    expect((await call('PUT', base, { name: 'x' }, { 'if-match': '"two"' })).status).toBe(400);
  });

  it('one replaces it all', async () => {
    await create('old');
    const graph = (name: string) => ({ nodes: [{ id: name, name, type: 'no-op' }], edges: [] });
    const answers = await Promise.all(
      ['a', 'b', 'c'].map((name) => call('PUT', `${base}/graph`, graph(name))),
    );
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toContain(200);
    expect(statuses.filter((status) => status !== 200 && status !== 409)).toEqual([]);
    expect(await nodes()).toHaveLength(1);
    const wired = await call<{ edges: Edge[] } & Saved>('PUT', `${base}/graph`, {
      nodes: [
        { id: 'a', name: 'a', type: 'manual-trigger' },
        { id: 'b', name: 'b', type: 'no-op' },
      ],
      edges: [edge('a', 'b')],
    });
    expect(wired.body.issues).toEqual([]);
    expect(await edges()).toEqual(wired.body.edges);
  });
});
