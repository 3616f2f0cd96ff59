import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { Pool } from 'undici';
import { insertOldExecutions } from '../../tests/support/old-executions.ts';
import { type Api, activate, start } from '../api.ts';
import type { Context } from '../context.ts';
import { drained } from '../executions.ts';
import type { Figure, Result } from '../result.ts';
import { percentile } from '../statistics.ts';
import { setIfSet } from '../workflows.ts';

const EXECUTIONS = Number(process.env.BENCH_EXECUTIONS ?? 1_000_000);
const WORKSPACES = 20;
const OLD_SHARE = 0.9;
const CALLERS = 4;
const QUIET_SECONDS = 15;
const LOOK_EVERY_MS = 500;
const MAX_P95_MS = 100;

/** Whether people notice that very many old executions are deleted, how fast they go, and whether the disk comes back. */
export async function retention(context: Context): Promise<Result[]> {
  process.env.LINKFLOW_RATE_LIMITS = 'off';
  const product = await context.apart();
  delete process.env.LINKFLOW_RATE_LIMITS;
  const { api } = product;
  await product.startWorker();
  const hook = await activate(api, setIfSet());
  const executionId = await start(hook);
  await drained(product.url);
  const client = new pg.Client({ connectionString: product.databaseUrl });
  await client.connect();
  try {
    await seed(client, executionId);
    const full = await databaseMb(client);
    const written = await writtenMb(client);
    const routes = { list: '/executions?limit=50', get: `/executions/${executionId}` };
    await call(api, routes, after(3)); // warm
    const quiet = await call(api, routes, after(QUIET_SECONDS));

    // which keeps seven days; by an operator, or it would be put back to what was bought
    await client.query(`update workspace set plan = 'free', plan_override = 'free'`);
    const began = performance.now();
    const deleting = await call(api, routes, untilDone(client, 'delete-old-executions'));
    const seconds = (performance.now() - began) / 1000;
    const left = await countExecutions(client);
    const afterDeletion = await databaseMb(client);

    const compacting = await call(api, routes, untilDone(client, 'compact-tables'));
    const compacted = await databaseMb(client);
    const wal = (await writtenMb(client)) - written;
    const deleted = EXECUTIONS + 1 - left;
    return [
      {
        name: `${Math.round(EXECUTIONS * OLD_SHARE).toLocaleString('en')} of ${EXECUTIONS.toLocaleString('en')} executions leave, ${CALLERS} callers of the API meanwhile`,
        figures: [
          ...p95('before', quiet),
          ...p95('while executions are deleted', deleting, MAX_P95_MS),
          ...p95('while tables are compacted', compacting, MAX_P95_MS),
          { label: 'deleted', value: deleted, unit: '', target: { atLeast: EXECUTIONS * OLD_SHARE - 1 } },
          { label: 'deletion', value: deleted / seconds, unit: '/s' },
          { label: 'WAL written', value: wal, unit: 'MB' },
          { label: 'database before', value: full, unit: 'MB' },
          { label: 'after deletion', value: afterDeletion, unit: 'MB' },
          { label: 'after compaction', value: compacted, unit: 'MB', target: { atMost: full * 0.25 } },
        ],
        note: `${WORKSPACES} workspaces, one worker`,
      },
    ];
  } finally {
    await client.end();
  }
}

type Times = Record<'list' | 'get', number[]>;

const p95 = (when: string, times: Times, atMost?: number): Figure[] =>
  (['list', 'get'] as const).map((name) => ({
    label: `${name} ${when}, p95`,
    value: percentile(times[name], 95),
    unit: 'ms',
    ...(atMost === undefined ? {} : { target: { atMost } }),
  }));

const after = (seconds: number): Promise<unknown> => pause(seconds * 1000);

/** Starts a job of the worker, and resolves when it is over, with those that it adds itself. */
async function untilDone(client: pg.Client, job: string): Promise<void> {
  await client.query(`select graphile_worker.add_job($1, '{}'::json)`, [job]);
  for (let idle = 0; idle < 3; ) {
    await pause(LOOK_EVERY_MS);
    const { rows } = await client.query<{ busy: boolean }>(
      `select exists (select 1 from graphile_worker.jobs where task_identifier = $1)
         or exists (select 1 from pg_locks where locktype = 'advisory' and objsubid = 1 and classid = 1) as busy`,
      [job],
    );
    idle = rows[0]!.busy ? 0 : idle + 1;
  }
}

/** Callers that each wait for their answer, until `end`. Gives the time of every call in ms. */
async function call(api: Api, routes: Record<keyof Times, string>, end: Promise<unknown>): Promise<Times> {
  const pool = new Pool(api.url, { connections: CALLERS });
  const headers = { authorization: `Bearer ${api.key}` };
  const times: Times = { list: [], get: [] };
  let goesOn = true;
  const caller = async () => {
    for (let n = 0; goesOn; n++) {
      const name = n % 2 === 0 ? 'list' : 'get';
      const sent = performance.now();
      const answer = await pool.request({ path: `/api/v1${routes[name]}`, method: 'GET', headers });
      const text = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`${name}: ${answer.statusCode} ${text.slice(0, 300)}`);
      times[name].push(performance.now() - sent);
    }
  };
  try {
    const callers = Promise.all(Array.from({ length: CALLERS }, caller));
    await Promise.race([end, callers]);
    goesOn = false;
    await callers;
    return times;
  } finally {
    await pool.close();
  }
}

/** Copies of one execution in all workspaces: with a trigger and a journal as the product wrote them. */
async function seed(client: pg.Client, executionId: string): Promise<void> {
  await client.query(`update workspace set plan = 'self-hosted'`);
  await client.query(
    `insert into workspace select w.* from workspace o, generate_series(2, ${WORKSPACES}) n,
       lateral jsonb_populate_record(null::workspace, to_jsonb(o) || jsonb_build_object('id', gen_random_uuid(), 'number', n)) w`,
  );
  const { rows: places } = await client.query<{ id: string }>('select id from workspace');
  const { rows: made } = await client.query<{ workflow_id: string; version_id: string; events: unknown }>(
    `select workflow_id, version_id, (select json_agg(event) from journal_chunk j, json_array_elements(j.events) event
       where j.execution_id = e.id) as events from execution e where id = $1`,
    [executionId],
  );
  const { workflow_id: workflowId, version_id: versionId, events } = made[0]!;
  const count = EXECUTIONS / WORKSPACES;
  for (const { id: workspaceId } of places) {
    const place = { workspaceId, workflowId, versionId, events: JSON.stringify(events) };
    const old = Math.round(count * OLD_SHARE);
    await insertOldExecutions(client, { ...place, count: old, fromDays: 60, toDays: 8 });
    await insertOldExecutions(client, { ...place, count: count - old, fromDays: 6.5, toDays: 0 });
  }
  await client.query('vacuum analyze');
}

const countExecutions = async (client: pg.Client): Promise<number> =>
  (await client.query<{ count: number }>('select count(*)::int as count from execution')).rows[0]!.count;

const writtenMb = async (client: pg.Client): Promise<number> =>
  (
    await client.query<{ mb: number }>(
      `select (pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') / 1024 / 1024)::float8 as mb`,
    )
  ).rows[0]!.mb;

const databaseMb = async (client: pg.Client): Promise<number> =>
  (
    await client.query<{ mb: number }>(
      'select (pg_database_size(current_database()) / 1024.0 / 1024)::float8 as mb',
    )
  ).rows[0]!.mb;
