import type { EngineEvent } from '#engine/events.ts';
import type { Output } from '#engine/item.ts';
import type { ExecutionMode } from '#engine/node.ts';
import { newId } from '#lib/id.ts';
import { createLane, type Lane } from '#lib/lane.ts';
import { getPool } from '../db.ts';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import { BackPressure } from './back-pressure.ts';
import { toJsonb } from './json.ts';
import { RING } from './wake.ts';

/** Where and with what an execution starts; stored with it. */
export interface TriggerData {
  nodeId: string;
  /** Very many are in the output store. */
  items: Output;
  /** Whether the workflow's pinned items stand in for nodes (runs of the draft). */
  usePinned?: boolean;
}

export interface NewExecution {
  workspaceId: string;
  workflowId: string;
  versionId: string;
  mode: ExecutionMode;
  trigger: TriggerData;
  /** The same key within 72 h gives the execution that is already there. */
  deliveryKey?: string;
  /** Fixed id, where the caller must find it again (sub-workflows). */
  id?: string;
  parentId?: string;
  /** Somebody waits for its answer: it goes to the realtime tier unless the workflow says otherwise. */
  awaited?: boolean;
  retryOfId?: string;
  /** Events that it begins with: the part of another execution that need not run again. */
  history?: EngineEvent[];
}

export interface Accepted {
  executionId: string;
  /** false: a delivery of the same key was accepted before. */
  fresh: boolean;
}

interface Row extends NewExecution {
  id: string;
}

/**
 * One statement for everything that was accepted while the last one ran: executions, their places in the queue and their
 * delivery keys are committed together or not at all, and the commit rings the workers' bell.
 */
const ACCEPT = `
with i as materialized (
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::uuid[], $10::int[], $11::text[], $12::bool[])
    with ordinality as t(id, workspace_id, workflow_id, version_id, mode, trigger, delivery_key, parent_id, retry_of_id, last_seq, history, awaited, n)
), d as (
  insert into delivery (workspace_id, key, execution_id, expires_at)
  select workspace_id, delivery_key, id, now() + interval '72 hours' from i where delivery_key is not null
  order by workspace_id, delivery_key -- two processes that insert the same keys must not wait for each other
  on conflict (workspace_id, key) do nothing returning execution_id
), fresh as materialized (
  select i.*, v.tier, v.priority, v.concurrency from i
    -- offset 0: by its key for each row, for a join planned while the table was small would read all of it for ever
    left join lateral (select tier, priority, concurrency from workflow_version v where v.id = i.version_id offset 0) v on true
  where delivery_key is null or i.id in (select execution_id from d)
), e as (
  insert into execution (id, workspace_id, workflow_id, version_id, mode, trigger, parent_id, retry_of_id)
  select id, workspace_id, workflow_id, version_id, mode, trigger::json, parent_id, retry_of_id from fresh
  on conflict (id) do nothing returning id -- a fixed id that is there already
), a as (
  insert into active_execution (execution_id, workspace_id, workflow_id, tier, priority, concurrency, last_seq, parent_id)
  select id, workspace_id, workflow_id, coalesce(tier, case when awaited then 'realtime' else 'standard' end::execution_tier),
    coalesce(priority, 1), concurrency, last_seq, parent_id from fresh join e using (id)
), c as (
  insert into journal_chunk (execution_id, last_seq, events)
  select id, last_seq, history::json from fresh join e using (id) where history is not null
), bell as materialized (select ${RING})
select i.n, e.id is not null as fresh from bell, i left join e on e.id = i.id order by i.n`;

async function send(rows: Row[]): Promise<Accepted[]> {
  const columns = [
    rows.map((r) => r.id),
    rows.map((r) => r.workspaceId),
    rows.map((r) => r.workflowId),
    rows.map((r) => r.versionId),
    rows.map((r) => r.mode),
    rows.map((r) => toJsonb(r.trigger)),
    rows.map((r) => r.deliveryKey ?? null),
    rows.map((r) => r.parentId ?? null),
    rows.map((r) => r.retryOfId ?? null),
    rows.map((r) => r.history?.at(-1)?.seq ?? 0),
    rows.map((r) => (r.history?.length ? toJsonb(r.history) : null)),
    rows.map((r) => r.awaited === true || r.mode === 'manual'),
  ];
  const result = await getPool().query<{ fresh: boolean }>({ name: 'accept', text: ACCEPT, values: columns });
  return Promise.all(
    rows.map(async (row, i) => {
      if (result.rows[i]?.fresh) return { executionId: row.id, fresh: true };
      return { executionId: row.deliveryKey ? await findDelivered(row) : row.id, fresh: false };
    }),
  );
}

async function findDelivered(row: Row): Promise<string> {
  const found = await getPool().query<{ execution_id: string }>(
    'select execution_id from delivery where workspace_id = $1 and key = $2',
    [row.workspaceId, row.deliveryKey],
  );
  return found.rows[0]?.execution_id ?? row.id;
}

const home = globalThis as typeof globalThis & {
  linkflowAcceptLane?: Lane<Row, Accepted>;
  linkflowBackPressure?: BackPressure;
};
const lane = (): Lane<Row, Accepted> =>
  (home.linkflowAcceptLane ??= createLane(send, { maxBatch: 200, splitOn: (error) => isRowError(error) }));

/** A class 22/23 error is about one row's data; anything else is about the database and will hit every row alike. */
const isRowError = (error: unknown): boolean => {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^2[23]/.test(code);
};

const pressure = (): BackPressure => (home.linkflowBackPressure ??= new BackPressure());

/**
 * Resolves once the execution and its place in the queue are committed. Throws SERVICE_UNAVAILABLE when they could not be,
 * or when the queue is full. What executions start themselves is always taken: refusing it would fail work that was accepted.
 */
export async function acceptExecution(execution: NewExecution): Promise<Accepted> {
  if (execution.mode !== 'sub-workflow' && execution.mode !== 'error')
    pressure().assertTakes(execution.workspaceId);
  try {
    return await lane().push({ ...execution, id: execution.id ?? newId() });
  } catch (error) {
    if (isRowError(error))
      throw new AppError('BAD_REQUEST', `This start was refused: ${(error as Error).message}`);
    log.error({ error: (error as Error).message }, 'could not store an execution');
    throw new AppError('SERVICE_UNAVAILABLE', 'The start could not be stored. Try again.', { retryAfter: 5 });
  }
}
