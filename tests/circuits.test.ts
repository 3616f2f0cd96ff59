import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type NodeErrorData, toNodeErrorData } from '#engine/errors.ts';
import type { HttpDoor } from '#engine/node.ts';
import { createApiKey } from '#server/api-keys/commands.ts';
import { type Breaker, createBreaker } from '#server/circuits/breaker.ts';
import { listCircuits } from '#server/circuits/queries.ts';
import { db, getPool } from '#server/db.ts';
import { createHttpDoor } from '#server/outbound/http-door.ts';
import { handleRest } from '#server/rest/handler.ts';
import { ownDatabase } from './support/database.ts';
import { createPerson, type Person } from './support/people.ts';
import { until } from './support/until.ts';

ownDatabase();

/** A server outside that fails, recovers and hangs as it is told. */
const upstream = {
  status: 200,
  calls: 0,
  held: null as PromiseWithResolvers<void> | null,
  host: '',
  url: '',
};
const server = http.createServer(async (_request, response) => {
  upstream.calls++;
  await upstream.held?.promise;
  response.writeHead(upstream.status).end('answer');
});

/** What the breakers take for the time: real time, and what a test adds to it. */
let addedMs = 0;
const newBreaker = () => createBreaker({ now: () => Date.now() + addedMs, random: () => 0 });
const door = createHttpDoor({
  allowPrivateNetworks: ['127.0.0.0/8'],
  resolve: () => Promise.reject(Object.assign(new Error('no such name'), { code: 'ENOTFOUND' })),
});

let ada: Person;
let worker: Breaker;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  upstream.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  upstream.url = `http://${upstream.host}/orders?key=secret`;
});
beforeEach(async () => {
  ada = await createPerson();
  worker = newBreaker();
  Object.assign(upstream, { status: 200, calls: 0, held: null });
});
afterAll(async () => {
  await door.close();
  server.closeAllConnections();
  server.close();
});

/** null when there was an answer. */
const call = (breaker = worker, person = ada, url = upstream.url, timeoutMs = 5_000) =>
  failureOf(breaker.guard(door, person.workspaceId), url, timeoutMs);
const failureOf = (guarded: HttpDoor, url: string, timeoutMs: number): Promise<NodeErrorData | null> =>
  guarded.request({ method: 'GET', url, timeoutMs }).then(() => null, toNodeErrorData);
const rowOf = async (person = ada, host = upstream.host) =>
  (await listCircuits(person.scope)).find((circuit) => circuit.host === host);
const refused = /was not called: it fails again and again/;

async function open(breaker = worker): Promise<void> {
  upstream.status = 503;
  for (let i = 0; i < 5; i++) await call(breaker);
  await breaker.idle();
}

/** As if the pause, or the lease of a trial, were over. */
async function letPauseEnd(): Promise<void> {
  await getPool().query('update circuit set retry_at = now() where workspace_id = $1', [ada.workspaceId]);
  addedMs += 600; // a look at the table is that long good enough to refuse a call
}

describe('a circuit', () => {
  it('opens when a real host keeps failing, and closes when a trial finds it well', async () => {
    await open();
    expect((await call())?.message).toMatch(refused);
    expect(upstream.calls).toBe(5);
    const row = await rowOf();
    expect(row).toMatchObject({ state: 'open', failures: 5, lastError: `${upstream.host} answered 503.` });
    expect(row!.retryInMs).toBeGreaterThan(25_000);

    upstream.status = 200;
    expect((await call())?.message).toMatch(refused);
    await letPauseEnd();
    expect(await call()).toBeNull();
    await worker.idle();
    expect(await rowOf()).toMatchObject({ state: 'closed', failures: 0, retryAt: null });
    expect(await call()).toBeNull();
    expect(upstream.calls).toBe(7);
  });

  it.each([
    ['refused connections', 'http://127.0.0.1:1/', '127.0.0.1:1', /refused the connection/],
    ['names that nobody knows', 'http://nobody.example/', 'nobody.example', /could not be found/],
  ])('opens at %s', async (_what, url, host, message) => {
    for (let i = 0; i < 5; i++) expect((await call(worker, ada, url))?.message).toMatch(message);
    expect((await call(worker, ada, url))?.message).toMatch(refused);
    await worker.idle();
    expect((await rowOf(ada, host))?.lastError).toMatch(message);
  });

  it('opens at time-outs', async () => {
    upstream.held = Promise.withResolvers();
    for (let i = 0; i < 5; i++) expect((await call(worker, ada, upstream.url, 20))?.kind).toBe('timeout');
    expect((await call())?.message).toMatch(refused);
    upstream.held.resolve();
  });

  it('stays closed at 4xx, at 429, and at addresses that may not be called', async () => {
    for (const status of [404, 429]) {
      upstream.status = status;
      for (let i = 0; i < 6; i++) expect(await call()).toBeNull();
    }
    for (let i = 0; i < 6; i++)
      expect((await call(worker, ada, 'http://10.0.0.1/'))?.message).toContain('may not be called');
    await worker.idle();
    expect(await listCircuits(ada.scope)).toEqual([]);
  });

  it('is nobody else’s: another tenant goes on calling the same host', async () => {
    const eve = await createPerson('Eve');
    await open();
    expect((await call())?.message).toMatch(refused);
    upstream.status = 200;
    expect(await call(worker, eve)).toBeNull();
    expect(await listCircuits(eve.scope)).toEqual([]);
  });

  it('keeps a bounded number of rows of a workspace, the newest', async () => {
    await getPool().query(
      `insert into circuit (workspace_id, host, state, failures, updated_at)
       select $1, 'h' || n, 'closed', 0, now() - make_interval(mins => n) from generate_series(1, 300) n`,
      [ada.workspaceId],
    );
    await open();
    const hosts = await db().circuit.findMany({ where: { workspaceId: ada.workspaceId } });
    expect(hosts).toHaveLength(200);
    expect(hosts.map((row) => row.host)).toEqual(expect.arrayContaining([upstream.host, 'h1', 'h199']));
  });
});

describe('two workers', () => {
  /** Makes the second one hear of the open circuit; its first call may still go out. */
  async function secondWorker(): Promise<Breaker> {
    const other = newBreaker();
    await until('the other worker knows', 5, async () => refused.test((await call(other))?.message ?? ''));
    return other;
  }

  it('share what one of them found out', async () => {
    await open();
    const before = upstream.calls;
    await secondWorker();
    expect(upstream.calls - before).toBeLessThanOrEqual(5);
  });

  it('send one trial between them', async () => {
    await open();
    const other = await secondWorker();
    await letPauseEnd();
    upstream.status = 200;
    upstream.calls = 0;
    upstream.held = Promise.withResolvers();
    const callers = Array.from({ length: 20 }, (_, i) => call(i % 2 ? worker : other));
    let turnedAway = 0;
    for (const caller of callers) void caller.then((failure) => failure && turnedAway++);
    await until('all but one are refused', 5, () => Promise.resolve(turnedAway === 19));
    expect(upstream.calls).toBe(1);
    expect((await rowOf())?.state).toBe('half_open');
    upstream.held.resolve();
    expect((await Promise.all(callers)).filter((failure) => failure === null)).toHaveLength(1);
    await Promise.all([worker.idle(), other.idle()]);
    addedMs += 600;
    expect([await call(worker), await call(other)]).toEqual([null, null]);
  });

  it('wait twice as long after a trial of one of them failed', async () => {
    await open();
    const other = await secondWorker();
    await letPauseEnd();
    expect(await call(other)).toBeNull(); // the trial: answered, with 503
    await other.idle();
    addedMs += 600;
    const failure = await call(worker);
    expect(failure?.detail).toContain('It failed 6 times in a row');
    expect(failure!.retryAfterMs).toBeGreaterThan(55_000);
    expect(await rowOf()).toMatchObject({ state: 'open', failures: 6 });
  });

  it('take over a trial whose worker died', async () => {
    await open();
    await getPool().query("update circuit set state = 'half_open' where workspace_id = $1", [
      ada.workspaceId,
    ]);
    const other = await secondWorker();
    upstream.status = 200;
    await letPauseEnd();
    expect(await call(other)).toBeNull();
    await other.idle();
    expect((await rowOf())?.state).toBe('closed');
  });

  it('call again at once when a person says so', async () => {
    await open();
    const other = await secondWorker();
    upstream.status = 200;
    expect(await ada.caller().circuits.close({ host: upstream.host })).toMatchObject({
      state: 'closed',
      failures: 0,
    });
    addedMs += 600;
    expect([await call(worker), await call(other)]).toEqual([null, null]);
    const entries = await db().auditEntry.findMany({
      where: { workspaceId: ada.workspaceId, action: 'circuit.close' },
    });
    expect(entries).toMatchObject([
      { subjectId: upstream.host, userId: ada.userId, before: { failures: 5 } },
    ]);
  });
});

describe('circuits over the API', () => {
  it('are listed open ones first and closed by host, by those who may', async () => {
    await open();
    await getPool().query(
      "insert into circuit (workspace_id, host, state) values ($1, 'well.example', 'closed')",
      [ada.workspaceId],
    );
    const request = async (
      scopes: ('executions:read' | 'executions:write')[],
      path: string,
      body?: object,
    ) => {
      const { key } = await createApiKey(ada.scope, { name: 'k', scopes });
      return handleRest(
        new Request(`http://localhost/api/v1${path}`, {
          method: body ? 'POST' : 'GET',
          headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
          ...(body ? { body: JSON.stringify(body) } : {}),
        }),
      );
    };
    const list = await (await request(['executions:read'], '/circuits')).json();
    expect(list).toMatchObject({
      data: [
        { host: upstream.host, state: 'open' },
        { host: 'well.example', state: 'closed' },
      ],
      nextCursor: null,
    });
    const close = { host: upstream.host };
    expect((await request(['executions:read'], '/circuits/close', close)).status).toBe(403);
    expect((await request(['executions:write'], '/circuits/close', close)).status).toBe(200);
    expect((await request(['executions:write'], '/circuits/close', { host: 'other' })).status).toBe(404);
  });
});
