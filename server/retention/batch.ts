import type pg from 'pg';

/** What leaves of one workspace: everything that was queued and has ended before `before`. */
export interface Due {
  workspaceId: string;
  before: Date;
  /** The last one of the batch before. */
  after: { at: Date; id: string };
}

interface OldRow {
  id: string;
  queued_at: Date;
  needed: boolean;
}

/** Before all of them: the order is by time, and from the largest id to the smallest. */
const START = { at: new Date(0), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** Workspaces that have anything old. `limits`: by plan, since when executions are kept there. */
export async function findDue(client: pg.ClientBase, limits: ReadonlyMap<string, Date>): Promise<Due[]> {
  const { rows } = await client.query<{ id: string; before: Date }>(
    `select w.id, l.before from unnest($1::text[], $2::timestamptz[]) as l(plan, before)
       join workspace w on w.plan = l.plan
     where (w.purge_at is null or w.purge_at > now()) -- those leave as a whole
       and (w.deletes_from is null or w.deletes_from <= now())
       and exists (select 1 from execution e where e.workspace_id = w.id and e.queued_at < l.before offset 0)`,
    [[...limits.keys()], [...limits.values()]],
  );
  return rows.map(({ id, before }) => ({ workspaceId: id, before, after: START }));
}

/** Every plan that a workspace has. */
export async function listPlans(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ plan: string }>('select distinct plan from workspace');
  return rows.map(({ plan }) => plan);
}

/**
 * What executions that have not ended came from: those whose sub-workflows or retries they are. They go on with data of
 * these, and with files that are theirs.
 */
export async function findOrigins(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `with recursive origin(id) as (
       select o.id from active_execution a
         cross join lateral (select parent_id, retry_of_id from execution where id = a.execution_id offset 0) e
         cross join lateral (values (e.parent_id), (e.retry_of_id)) as o(id) where o.id is not null
       union
       select o.id from origin
         cross join lateral (select parent_id, retry_of_id from execution where id = origin.id offset 0) e
         cross join lateral (values (e.parent_id), (e.retry_of_id)) as o(id) where o.id is not null)
     select id from origin`,
  );
  return rows.map(({ id }) => id);
}

/**
 * The next executions that leave, oldest first, and where the batch after that begins; null: this was the last one. A
 * sub-workflow stays while an execution that called it, on whatever level, has not ended or is an origin.
 */
export async function nextBatch(
  client: pg.ClientBase,
  { workspaceId, before, after }: Due,
  origins: readonly string[],
  limit: number,
): Promise<{ ids: string[]; next: { at: Date; id: string } | null }> {
  const { rows } = await client.query<OldRow>({
    name: 'old-executions',
    text: OLD,
    values: [workspaceId, before, after.at, after.id, origins, limit],
  });
  const last = rows.at(-1);
  return {
    ids: rows.filter(({ needed }) => !needed).map(({ id }) => id),
    next: rows.length < limit || !last ? null : { at: last.queued_at, id: last.id },
  };
}

/**
 * In the order of the index on workspace and time, from its far end; what was deleted before `after` is not walked over
 * again. `offset 0`: one look by the key for each row, for a plan made while nothing was active would read all of it each time.
 */
const OLD = `
with recursive old as materialized (
  select e.id, e.parent_id, e.queued_at from execution e
  where e.workspace_id = $1 and e.queued_at < $2 and e.finished_at < $2
    and e.queued_at >= $3 and (e.queued_at > $3 or e.id < $4)
    and not exists (select 1 from active_execution a where a.execution_id = e.id offset 0) and e.id <> all($5::uuid[])
  order by e.queued_at, e.id desc limit $6
), up(id, above) as (
  select id, parent_id from old where parent_id is not null
  union select up.id, e.parent_id from up
    cross join lateral (select parent_id from execution where id = up.above offset 0) e where e.parent_id is not null
), needed as materialized (
  select up.id from up where above = any($5::uuid[]) or exists (select 1 from active_execution a where a.execution_id = up.above offset 0)
)
select id, queued_at, id in (select id from needed) as needed from old order by queued_at, id desc`;

/**
 * Deletes these executions with all rows that only their id leads to; returns how many. What somebody else holds right
 * now stays for the next time, so that nobody waits for anybody here.
 */
export async function deleteRows(client: pg.ClientBase, ids: readonly string[]): Promise<number> {
  const { rows } = await client.query<{ count: number }>({ name: 'delete-old', text: DELETE, values: [ids] });
  return rows[0]!.count;
}

const DELETE = `
with gone as materialized (
  select id from execution where id = any($1::uuid[]) and finished_at is not null order by id for update skip locked
), journal as (
  delete from journal_chunk where execution_id = any(array(select id from gone))
), calls as (
  delete from wait_call where execution_id = any(array(select id from gone))
), executions as (
  delete from execution where id = any(array(select id from gone)) returning 1
)
select count(*)::int as count from executions`;
