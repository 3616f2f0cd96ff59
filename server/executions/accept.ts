import type { EngineEvent } from '#engine/events.ts';
import type { Item } from '#engine/item.ts';
import type { ExecutionMode } from '#engine/node.ts';
import { newId } from '#lib/id.ts';
import { createLane, type Lane } from '#lib/lane.ts';
import { getPool } from '../db.ts';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import { MAX_JOB_ATTEMPTS } from '../queue/jobs.ts';
import { toJsonb } from './json.ts';

/** Where and with what an execution starts; stored with it. */
export interface TriggerData {
  nodeId: string;
  items: Item[];
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
 * One statement for everything that was accepted while the last one ran: executions, delivery keys and one job that wakes
 * them all are committed together or not at all. Joining `j` keeps the planner from dropping the job insert.
 */
const ACCEPT = `
with i as materialized (
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::uuid[], $10::int[], $11::text[])
    with ordinality as t(id, workspace_id, workflow_id, version_id, mode, trigger, delivery_key, parent_id, retry_of_id, last_seq, history, n)
), d as (
  insert into delivery (workspace_id, key, execution_id, expires_at)
  select workspace_id, delivery_key, id, now() + interval '72 hours' from i where delivery_key is not null
  order by workspace_id, delivery_key -- two processes that insert the same keys must not wait for each other
  on conflict (workspace_id, key) do nothing returning execution_id
), fresh as materialized (
  select * from i where (delivery_key is null or id in (select execution_id from d))
    and not exists (select 1 from execution e where e.id = i.id)
), e as (
  insert into execution (id, workspace_id, workflow_id, version_id, mode, trigger, parent_id, retry_of_id, last_seq)
  select id, workspace_id, workflow_id, version_id, mode, trigger::jsonb, parent_id, retry_of_id, last_seq from fresh
), c as (
  insert into journal_chunk (execution_id, last_seq, events) select id, last_seq, history::jsonb from fresh where history is not null
), j as (
  select graphile_worker.add_job('wake-executions', json_build_object('executionIds', ids), max_attempts => ${MAX_JOB_ATTEMPTS})
  from (select json_agg(id) as ids from fresh) f where ids is not null
)
select i.n, fresh.id is not null as fresh from i left join fresh on fresh.id = i.id left join j on true order by i.n`;

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

const home = globalThis as typeof globalThis & { linkflowAcceptLane?: Lane<Row, Accepted> };
const lane = (): Lane<Row, Accepted> =>
  (home.linkflowAcceptLane ??= createLane(send, { maxBatch: 200, splitOn: (error) => isRowError(error) }));

/** A class 22/23 error is about one row's data; anything else is about the database and will hit every row alike. */
const isRowError = (error: unknown): boolean => {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^2[23]/.test(code);
};

/** Resolves once the execution and its job are committed. Throws SERVICE_UNAVAILABLE when they could not be. */
export async function acceptExecution(execution: NewExecution): Promise<Accepted> {
  try {
    return await lane().push({ ...execution, id: execution.id ?? newId() });
  } catch (error) {
    if (isRowError(error))
      throw new AppError('BAD_REQUEST', `This start was refused: ${(error as Error).message}`);
    log.error({ error: (error as Error).message }, 'could not store an execution');
    throw new AppError('SERVICE_UNAVAILABLE', 'The start could not be stored. Try again.', { retryAfter: 5 });
  }
}
