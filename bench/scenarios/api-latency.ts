import pg from 'pg';
import { Pool } from 'undici';
import { type Api, activate, start } from '../api.ts';
import type { Context } from '../context.ts';
import { drained } from '../executions.ts';
import type { Figure, Result } from '../result.ts';
import { percentile } from '../statistics.ts';
import { setIfSet } from '../workflows.ts';

const WORKFLOWS = 1_000;
const EXECUTIONS = 100_000;
const CALLERS = 20;
const SECONDS = 4;
const WARM_SECONDS = 2;
const ROUNDS = 3;

/** How fast the API answers with much in the database, and whether people who log in hold others up. */
export async function apiLatency(context: Context): Promise<Result[]> {
  process.env.LINKFLOW_RATE_LIMITS = 'off'; // twenty callers with one key, and everybody logs in from one address
  const product = await context.apart();
  delete process.env.LINKFLOW_RATE_LIMITS;
  const { api } = product;
  await product.startWorker();
  const hook = await activate(api, setIfSet());
  const executionId = await start(hook);
  await drained(product.url);
  await seed(product.databaseUrl, hook.workflowId, executionId);
  const ids = { workflow: hook.workflowId, execution: executionId };
  const routes: Record<string, string> = {
    'list of workflows': '/workflows?limit=50',
    'one workflow': `/workflows/${ids.workflow}`,
    'search in workflows': '/workflows?search=greeting%20hel&limit=50',
    'list of executions': '/executions?limit=50',
    'list of failed ones of a workflow': `/executions?limit=50&workflowId=${ids.workflow}&status=failed`,
    'one execution': `/executions/${ids.execution}`,
  };
  // as in use: code is compiled, plans are made, and pages of the database are at hand
  for (const route of Object.values(routes)) await load(api, route, WARM_SECONDS);
  const rounds: Record<string, number[]> = {};
  for (let round = 0; round < ROUNDS; round++)
    for (const [label, route] of Object.entries(routes))
      (rounds[label] ??= []).push(percentile(await load(api, route, SECONDS), 95));
  const figures = Object.entries(rounds).map(
    ([label, values]): Figure => ({
      label: `${label}, p95`,
      value: percentile(values, 50),
      unit: 'ms',
      target: { atMost: 50 },
    }),
  );
  let goesOn = true;
  const logins = Array.from({ length: 4 }, async () => {
    let count = 0;
    for (; goesOn; count++) await logIn(product.url);
    return count;
  });
  const times = await load(api, routes['list of workflows']!, SECONDS);
  goesOn = false;
  const count = (await Promise.all(logins)).reduce((a, b) => a + b, 0);
  return [
    {
      name: `API with ${EXECUTIONS.toLocaleString('en')} executions and ${WORKFLOWS.toLocaleString('en')} workflows, ${CALLERS} callers`,
      figures,
      note: `median of ${ROUNDS} rounds of ${SECONDS} s each`,
    },
    {
      name: 'list of workflows while 4 people log in all the time',
      figures: [{ label: 'p95', value: percentile(times, 95), unit: 'ms', target: { atMost: 100 } }],
      note: `${count} logins in ${SECONDS} s`,
    },
  ];
}

/** A wrong password costs the same as a right one. */
async function logIn(url: string): Promise<void> {
  const { csrfToken, cookie } = await csrf(url);
  const response = await fetch(`${url}/api/auth/callback/credentials`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
    body: new URLSearchParams({
      csrfToken,
      email: `nobody-${Math.random()}@example.com`,
      password: 'wrong wrong',
    }),
  });
  await response.arrayBuffer();
}

async function csrf(url: string): Promise<{ csrfToken: string; cookie: string }> {
  const response = await fetch(`${url}/api/auth/csrf`);
  const cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return { ...((await response.json()) as { csrfToken: string }), cookie };
}

/** Callers that each wait for their answer. Gives the time of every call in ms. */
async function load(api: Api, route: string, seconds: number): Promise<number[]> {
  const pool = new Pool(api.url, { connections: CALLERS });
  const headers = { authorization: `Bearer ${api.key}` };
  const times: number[] = [];
  const end = performance.now() + seconds * 1000;
  const caller = async () => {
    while (performance.now() < end) {
      const sent = performance.now();
      const answer = await pool.request({ path: `/api/v1${route}`, method: 'GET', headers });
      const text = await answer.body.text();
      if (answer.statusCode !== 200) throw new Error(`${route}: ${answer.statusCode} ${text.slice(0, 300)}`);
      times.push(performance.now() - sent);
    }
  };
  try {
    await Promise.all(Array.from({ length: CALLERS }, caller));
    return times;
  } finally {
    await pool.close();
  }
}

/** Copies of one workflow and one execution: rows as the product wrote them. */
async function seed(databaseUrl: string, workflowId: string, executionId: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(
      `insert into workflow (id, workspace_id, name, draft, draft_hash, published_hash, node_types, active, search_text, created_at, updated_at)
       select gen_random_uuid(), workspace_id, 'Workflow ' || n, draft, draft_hash, published_hash, node_types, active,
         case when n % 20 = 0 then search_text else 'Workflow ' || n || ' ' || md5(n::text) end, now() - n * interval '1 hour', now() - n * interval '1 hour'
       from workflow, generate_series(1, ${WORKFLOWS - 1}) n where id = $1`,
      [workflowId],
    );
    await client.query(
      `with places as (select array_agg(id) as ids, count(*)::int as total from workflow),
       made as (
         insert into execution (id, workspace_id, workflow_id, version_id, status, mode, trigger, queued_at, started_at, finished_at)
         select gen_random_uuid(), e.workspace_id, p.ids[1 + g.n % p.total], e.version_id,
           (case when g.n % 10 = 0 then 'failed' else 'completed' end)::execution_status, e.mode, e.trigger,
           e.queued_at - g.n * interval '1 minute', e.started_at - g.n * interval '1 minute', e.finished_at - g.n * interval '1 minute'
         from execution e, places p, generate_series(1, ${EXECUTIONS - 1}) as g(n) where e.id = $1
         returning id
       )
       insert into journal_chunk (execution_id, last_seq, events)
       select made.id, j.last_seq, j.events from made, journal_chunk j where j.execution_id = $1`,
      [executionId],
    );
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}
