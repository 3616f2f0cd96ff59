import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '#lib/id.ts';
import { signUp } from '#server/accounts/commands.ts';
import { scopeForUser } from '#server/auth/scopes.ts';
import { db, getPool } from '#server/db.ts';
import { listDeadLetters } from '#server/dead-letters/queries.ts';
import { getExecutionSummary, listExecutions } from '#server/executions/queries.ts';
import { compactTable } from '#server/retention/compact-tables.ts';
import { deleteOldExecutions, takeTurn } from '#server/retention/delete-old.ts';
import { measureTable } from '#server/retention/free-space.ts';
import type { WorkspaceScope } from '#server/scope.ts';
import { getStorage } from '#server/storage/open.ts';
import { ownDatabase } from './support/database.ts';
import { insertOldExecutions, type OldExecutions } from './support/old-executions.ts';
import { until } from './support/until.ts';

ownDatabase();

let root: string;
beforeAll(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'linkflow-retention-'));
  process.env.LINKFLOW_DATA_DIR = root;
  process.env.LINKFLOW_RETENTION_DAYS = '30';
});
afterAll(() => rm(root, { recursive: true, force: true }));

const DAY = 86_400_000;
const LONG = 60_000;

interface Place {
  scope: WorkspaceScope;
  workspaceId: string;
  workflowId: string;
  versionId: string;
}

async function createPlace(plan: string): Promise<Place> {
  const email = `${newId()}@example.com`;
  const { userId, workspaceId } = await signUp({ email, password: 'correct horse battery', name: 'Keeper' });
  await db().workspace.update({ where: { id: workspaceId }, data: { plan } });
  const scope = await scopeForUser(userId, workspaceId);
  return { scope, workspaceId, workflowId: newId(), versionId: newId() };
}

async function withClient<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await getPool().connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}
const insertOld = (place: Place, more: Omit<OldExecutions, keyof Place>) =>
  withClient((client) => insertOldExecutions(client, { ...place, ...more }));

/** One execution that was queued and has ended so many days ago; `endedDaysAgo` null: it has not. */
async function insertOne(
  { workspaceId, workflowId, versionId }: Place,
  { daysAgo, ...more }: { daysAgo: number; ended?: boolean; parentId?: string; retryOfId?: string },
): Promise<string> {
  const id = newId();
  const { ended = true, ...links } = more;
  const queuedAt = new Date(Date.now() - daysAgo * DAY);
  await db().execution.create({
    data: {
      ...links,
      id,
      workspaceId,
      workflowId,
      versionId,
      mode: 'webhook',
      trigger: {},
      queuedAt,
      ...(ended ? { status: 'completed', startedAt: queuedAt, finishedAt: queuedAt } : {}),
    },
  });
  await db().journalChunk.create({ data: { executionId: id, lastSeq: 1, events: [] } });
  if (!ended)
    await db().activeExecution.create({
      data: {
        executionId: id,
        workspaceId,
        workflowId,
        status: 'waiting',
        queuedAt,
        ...(links.parentId ? { parentId: links.parentId } : {}),
      },
    });
  return id;
}

const countOf = async ({ workspaceId }: Place) => db().execution.count({ where: { workspaceId } });
const countAll = async (table: string): Promise<number> => {
  const { rows } = await getPool().query<{ count: number }>(`select count(*)::int as count from ${table}`);
  return rows[0]!.count;
};
const exists = async (id: string) => (await db().execution.count({ where: { id } })) === 1;
const isStored = (key: string) =>
  getStorage()
    .get(key)
    .then(async (body) => {
      for await (const _ of body) break;
      return true;
    })
    .catch(() => false);
const store = (key: string) =>
  getStorage().put(
    key,
    (async function* () {
      yield Buffer.from('x');
    })(),
  );

/** Turns until nothing is left. One that has just died may hold its place for a moment. */
async function deleteAll(): Promise<number> {
  for (let deleted = 0; ; ) {
    const turn = await until('a turn', 20, () => takeTurn({ turnMs: LONG }));
    deleted += turn.deleted;
    if (!turn.left) return deleted;
  }
}

beforeEach(async () => {
  await getPool().query('truncate execution, active_execution, journal_chunk, wait_call');
});

describe('old executions', () => {
  it('leave as the plan or the operator says, with all that is theirs, and no others', async () => {
    const free = await createPlace('free');
    const own = await createPlace('self-hosted');
    const gone = await createPlace('free');
    await db().workspace.update({ where: { id: gone.workspaceId }, data: { purgeAt: new Date() } });
    for (const place of [free, own, gone])
      await insertOld(place, { count: 100, fromDays: 100.5, toDays: 0.5 });
    const old = await insertOne(free, { daysAgo: 8 });
    const fresh = await insertOne(free, { daysAgo: 6 });
    for (const id of [old, fresh]) {
      await db().waitCall.create({ data: { executionId: id, nodeId: 'n', run: 0, data: {} } });
      for (const key of [`executions/${id}/out`, `files/${free.workspaceId}/${id}/file`]) await store(key);
    }
    expect(await deleteAll()).toBe(93 + 1 + 70);
    expect([await countOf(free), await countOf(own), await countOf(gone)]).toEqual([7 + 1, 30, 100]);
    expect([await exists(old), await exists(fresh)]).toEqual([false, true]);
    expect([await countAll('journal_chunk'), await countAll('wait_call')]).toEqual([8 + 30 + 100, 1]);
    for (const key of ['executions/ID/out', `files/${free.workspaceId}/ID/file`]) {
      expect(await isStored(key.replace('ID', old))).toBe(false);
      expect(await isStored(key.replace('ID', fresh))).toBe(true);
    }
    expect(await takeTurn()).toEqual({ deleted: 0, left: false });
  });

  it('stay for a while after the plan became smaller', async () => {
    const place = await createPlace('free');
    const { workspaceId: id } = place;
    await insertOne(place, { daysAgo: 8 });
    await db().workspace.update({ where: { id }, data: { deletesFrom: new Date(Date.now() + 60_000) } });
    expect(await deleteAll()).toBe(0);
    await db().workspace.update({ where: { id }, data: { deletesFrom: new Date(Date.now() - 1) } });
    expect(await deleteAll()).toBe(1);
  });

  it('stay while they have not ended, and after that until they are old', async () => {
    const place = await createPlace('free');
    const active = await insertOne(place, { daysAgo: 100, ended: false });
    const [late, gone] = [await insertOne(place, { daysAgo: 100 }), await insertOne(place, { daysAgo: 99 })];
    await db().execution.update({
      where: { id: late },
      data: { finishedAt: new Date(Date.now() - 6 * DAY) },
    });
    // its end is in the row already, and its place in the queue is not gone: never so, but it would be a pity
    const odd = await insertOne(place, { daysAgo: 50, ended: false });
    await db().execution.update({ where: { id: odd }, data: { finishedAt: new Date(0) } });
    expect(await deleteAll()).toBe(1);
    expect(await Promise.all([active, late, odd, gone].map(exists))).toEqual([true, true, true, false]);
  });

  it('stay while something that has not ended goes on with their data', async () => {
    const place = await createPlace('free');
    // an active one whose child has ended: it will ask for the child's result
    const parent = await insertOne(place, { daysAgo: 90, ended: false });
    const child = await insertOne(place, { daysAgo: 80, parentId: parent });
    const grandchild = await insertOne(place, { daysAgo: 80, parentId: child });
    // one that was started by an ended one, and a retry that has taken history over
    const caller = await insertOne(place, { daysAgo: 70 });
    const first = await insertOne(place, { daysAgo: 60, parentId: caller });
    const second = await insertOne(place, { daysAgo: 50, retryOfId: first });
    const sibling = await insertOne(place, { daysAgo: 50, parentId: first });
    const retry = await insertOne(place, { daysAgo: 40, ended: false, retryOfId: second });
    const unrelated = await insertOne(place, { daysAgo: 50, parentId: newId() });
    expect(await deleteAll()).toBe(1);
    expect(await exists(unrelated)).toBe(false);
    const family = [parent, child, grandchild, caller, first, second, sibling, retry];
    expect(await Promise.all(family.map(exists))).toEqual(family.map(() => true));
    for (const id of [parent, retry]) {
      await db().activeExecution.delete({ where: { executionId: id } });
      await db().execution.update({ where: { id }, data: { finishedAt: new Date(Date.now() - 8 * DAY) } });
    }
    expect(await deleteAll()).toBe(family.length);
  });

  it('leave those that came after them readable', async () => {
    const place = await createPlace('free');
    const [parent, origin] = [
      await insertOne(place, { daysAgo: 20 }),
      await insertOne(place, { daysAgo: 20 }),
    ];
    const child = await insertOne(place, { daysAgo: 1, parentId: parent, retryOfId: origin });
    await deleteAll();
    expect(
      (await listExecutions(place.scope, { limit: 9 })).data.map(({ id, retryOfId }) => [id, retryOfId]),
    ).toEqual([[child, origin]]);
    await expect(getExecutionSummary(place.scope, origin)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await db().execution.update({ where: { id: child }, data: { status: 'failed' } });
    const letters = await listDeadLetters(place.scope, { limit: 9 });
    expect(letters.data.map(({ id }) => id)).toEqual([child]);
  });
});

describe('a turn', () => {
  it('that dies between files and rows is gone on with by the next', async () => {
    const place = await createPlace('free');
    const id = await insertOne(place, { daysAgo: 20 });
    await store(`executions/${id}/out`);
    await withClient(async (blocker) => {
      await blocker.query('begin');
      await blocker.query('select 1 from journal_chunk where execution_id = $1 for update', [id]);
      const turn = takeTurn().then(
        () => 'ended',
        () => 'died',
      );
      // it waits for the row that is held here: the files are gone by now
      await until('the turn dead', 20, async () => {
        const { rowCount } = await getPool().query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where wait_event_type = 'Lock' and datname = current_database() and query like '%delete from journal_chunk%'`,
        );
        return rowCount === 1;
      });
      expect(await turn).toBe('died');
      await blocker.query('rollback');
    });
    expect([await isStored(`executions/${id}/out`), await exists(id)]).toEqual([false, true]);
    expect(await countAll('journal_chunk')).toBe(1);
    expect(await deleteAll()).toBe(1);
    expect([await exists(id), await countAll('journal_chunk')]).toEqual([false, 0]);
  });

  it('waits for nobody who holds one of them', async () => {
    const place = await createPlace('free');
    const held = await insertOne(place, { daysAgo: 20 });
    const other = await insertOne(place, { daysAgo: 20 });
    await withClient(async (blocker) => {
      await blocker.query('begin');
      await blocker.query('select 1 from execution where id = $1 for update', [held]);
      expect(await deleteAll()).toBe(1);
      await blocker.query('rollback');
    });
    expect([await exists(held), await exists(other)]).toEqual([true, false]);
    expect(await deleteAll()).toBe(1);
  });

  it('ends when its time is over, is fair, and adds the next one', async () => {
    const places = [await createPlace('free'), await createPlace('free')];
    for (const place of places) await insertOld(place, { count: 1_000, fromDays: 90, toDays: 10 });
    const turn = await takeTurn({ turnMs: 40 });
    expect(turn!.left).toBe(true);
    expect(turn!.deleted).toBe(2_000 - (await countAll('execution')));
    const stop = AbortSignal.abort();
    expect(await takeTurn({ signal: stop })).toEqual({ deleted: 0, left: true });
    const jobs = async () =>
      (await getPool().query(`delete from graphile_worker._private_jobs returning 1`)).rowCount;
    await jobs();
    await deleteOldExecutions({}, undefined, 40);
    expect(await jobs()).toBe(1);
    await deleteOldExecutions({});
    expect([await countAll('execution'), await jobs()]).toEqual([0, 0]);
  });
});

describe('twenty thousand executions', () => {
  it('leave while two workers clean up and others work; then the tables become small', async () => {
    const places = await Promise.all(['free', 'pro', 'self-hosted'].map(createPlace));
    for (const place of places) {
      await insertOld(place, { count: 6_000, fromDays: 90, toDays: 31 });
      await insertOld(place, { count: 600, fromDays: 6, toDays: 0 });
    }
    await withClient((client) => client.query('vacuum analyze execution, journal_chunk'));
    const before = await sizes();
    const waiting = await Promise.all(places.map((place) => insertOne(place, { daysAgo: 80, ended: false })));
    const origin = await insertOne(places[0]!, { daysAgo: 80 });
    let goesOn = true;
    const marking = (async () => {
      for (; goesOn; )
        await getPool().query('update execution set handled_at = now() where status = $1', ['failed']);
    })();
    const turns = await Promise.all(
      Array.from({ length: 4 }, async () => {
        let deleted = 0;
        await until('nothing left', 50, async () => {
          const turn = await takeTurn({ turnMs: 500 });
          deleted += turn?.deleted ?? 0;
          return turn && !turn.left;
        });
        return deleted;
      }),
    );
    goesOn = false;
    await marking;
    const deleted = turns.reduce((sum, n) => sum + n, 0) + (await deleteAll());
    expect(deleted).toBe(18_001);
    expect(await exists(origin)).toBe(false);
    for (const place of places) expect(await countOf(place)).toBe(601);
    expect(await countAll('journal_chunk')).toBe(1_803);
    expect(await Promise.all(waiting.map(exists))).toEqual([true, true, true]);

    const text = await contents();
    const minima = { minFreeBytes: 0, minIndexBytes: 0 };
    await withClient(async (client) => {
      for (const table of ['execution', 'journal_chunk'] as const) {
        const freed = await compactTable(client, table, () => true, minima);
        expect(freed).toBeGreaterThan(0);
        const { pages, neededPages } = await measureTable(client, table);
        expect(pages).toBeLessThan(neededPages * 1.5);
        expect(await compactTable(client, table, () => true, minima)).toBe(0);
      }
    });
    expect(await contents()).toEqual(text);
    const after = await sizes();
    for (const [name, bytes] of Object.entries(after))
      expect([name, bytes / before[name]!]).toEqual([
        name,
        expect.toSatisfy((share: number) => share < 0.25),
      ]);
  }, 120_000);
});

describe('compaction', () => {
  const minima = { minFreeBytes: 0, minIndexBytes: 0 };
  const besideBytes = async (): Promise<number> => {
    const { rows } = await getPool().query<{ bytes: number }>(
      `select pg_relation_size(reltoastrelid)::float8 as bytes from pg_class where oid = 'journal_chunk'::regclass`,
    );
    return rows[0]!.bytes;
  };

  it('also gives back what large journals took beside their table, and changes none', async () => {
    await getPool().query(
      `insert into journal_chunk select uuidv7(), 1,
         (select json_agg(md5(n || ' ' || i)) from generate_series(1, 1000) i) from generate_series(1, 500) n`,
    );
    const before = await besideBytes();
    await getPool().query(`delete from journal_chunk where hashtext(execution_id::text) % 8 <> 0`);
    const text = await contents();
    const freed = await withClient((client) => compactTable(client, 'journal_chunk', () => true, minima));
    expect(freed).toBeGreaterThan(before / 2);
    expect(await besideBytes()).toBeLessThan(before * 0.25);
    expect(await contents()).toEqual(text);
  });

  it('leaves alone what is worth no work, and clears away what a broken-off rebuild left', async () => {
    const place = await createPlace('free');
    await insertOld(place, { count: 500, fromDays: 3, toDays: 0 });
    await withClient(async (client) => {
      const half = 'create unique index concurrently execution_mode_idx_ccnew on execution (mode)';
      await expect(client.query(half)).rejects.toThrow('could not create unique index');
      expect(await compactTable(client, 'execution', () => true, minima)).toBe(0);
      await client.query('delete from execution where random() < 0.9');
      expect(await compactTable(client, 'execution', () => true)).toBe(0);
      expect(await compactTable(client, 'execution', () => true, minima)).toBeGreaterThan(0);
      const { rowCount } = await client.query(
        `select 1 from pg_class where relname = 'execution_mode_idx_ccnew'`,
      );
      expect(rowCount).toBe(0);
    });
  });
});

/** Bytes of the two tables, and of all their indexes. */
async function sizes(): Promise<Record<string, number>> {
  const { rows } = await getPool().query<{ name: string; bytes: number }>(
    `select c.relname as name, pg_relation_size(c.oid)::float8 as bytes from pg_class c
     where c.oid in ('execution'::regclass, 'journal_chunk'::regclass) or c.oid in (select indexrelid from pg_index
       where indrelid in ('execution'::regclass, 'journal_chunk'::regclass) and indpred is null)`,
  );
  return Object.fromEntries(rows.map(({ name, bytes }) => [name, bytes]));
}

async function contents(): Promise<unknown[]> {
  const { rows } = await getPool().query(
    `select count(*)::int as n, md5(string_agg(t::text, ',' order by id)) as executions,
       (select md5(string_agg(j::text, ',' order by execution_id, last_seq)) from journal_chunk j) as journals from execution t`,
  );
  return rows;
}
