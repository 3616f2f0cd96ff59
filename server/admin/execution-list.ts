import type { z } from 'zod';
import { isTerminal } from '#engine/state.ts';
import { getPool } from '../db.ts';
import { decodeCursor, encodeCursor } from '../http/cursor.ts';
import type { AdminExecution, listExecutionsSchema } from './schema.ts';

type Filter = z.output<typeof listExecutionsSchema>;

/** A page of the executions of all workspaces, newest first: that they ran, and how, without anything that went through them. */
export async function listAllExecutions(filter: Filter) {
  const { workspaceId, status, limit } = filter;
  const after = filter.cursor === undefined ? null : decodeCursor(filter.cursor);
  const { rows } = await getPool().query<AdminExecution>(
    status === undefined || isTerminal(status) ? ENDED : ACTIVE,
    [workspaceId ?? null, status ?? null, after?.at ?? null, after?.id ?? null, limit + 1],
  );
  const data = rows.slice(0, limit);
  const last = data.at(-1);
  return {
    data,
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.queuedAt, id: last.id }) : null,
  };
}

const MATCHES = `($2::text is null or e.status = $2::execution_status)
  and ($3::timestamptz is null or (e.queued_at <= $3::timestamptz and (e.queued_at, e.id) < ($3::timestamptz, $4::uuid)))`;

const SHOWN = `e.id, e.workspace_id as "workspaceId", coalesce(w.name, 'Purged workspace') as "workspaceName",
  e.workflow_id as "workflowId", coalesce(f.name, 'Deleted workflow') as "workflowName",
  coalesce(a.status, e.status)::text as status, e.mode, e.error ->> 'kind' as "errorKind", e.queued_at as "queuedAt",
  coalesce(a.started_at, e.started_at) as "startedAt", e.finished_at as "finishedAt"`;

/**
 * There is no index over all workspaces, for the hot path would pay for it. Of no workspace more than the page is wanted,
 * and only those can be on it whose newest one is among the newest: so a step of an index per workspace, and a page from
 * each of as many as the page has rows.
 */
const ENDED = `
with newest as materialized (
  select w.id, n.queued_at from workspace w cross join lateral (
    select e.queued_at, e.id from execution e where e.workspace_id = w.id and ${MATCHES}
    order by e.queued_at desc, e.id desc limit 1) n
  where $1::uuid is null or w.id = $1::uuid
  order by n.queued_at desc, n.id desc limit $5
), page as materialized (
  select e.* from newest cross join lateral (
    select e.* from execution e where e.workspace_id = newest.id and ${MATCHES}
    order by e.queued_at desc, e.id desc limit $5) e
  order by e.queued_at desc, e.id desc limit $5
)
select ${SHOWN} from page e
left join active_execution a on a.execution_id = e.id
left join workspace w on w.id = e.workspace_id left join workflow f on f.id = e.workflow_id
order by e.queued_at desc, e.id desc`;

/** What has not ended is in a small table of its own. */
const ACTIVE = `
select ${SHOWN} from (
  select a.* from active_execution a
  where a.status = $2::execution_status and ($1::uuid is null or a.workspace_id = $1::uuid)
    and ($3::timestamptz is null or (a.queued_at, a.execution_id) < ($3::timestamptz, $4::uuid))
  order by a.queued_at desc, a.execution_id desc limit $5
) a
join execution e on e.id = a.execution_id
left join workspace w on w.id = e.workspace_id left join workflow f on f.id = e.workflow_id
order by e.queued_at desc, e.id desc`;
