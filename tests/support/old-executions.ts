import type pg from 'pg';

export interface OldExecutions {
  workspaceId: string;
  workflowId: string;
  versionId: string;
  count: number;
  /** They end at even distances between so many days ago … */
  fromDays: number;
  /** … and so many. */
  toDays: number;
  /** Events of each, as JSON; the text `{n}` becomes a number that differs. */
  events?: string;
}

const EVENTS = JSON.stringify([
  { seq: 1, at: 1, type: 'execution.started' },
  { seq: 2, at: 1, type: 'node.started', node: 'start', run: 0, attempt: 1, input: {} },
  {
    seq: 3,
    at: 2,
    type: 'node.completed',
    node: 'start',
    run: 0,
    durationMs: 1,
    outputs: { main: [{ json: { order: '{n}', text: 'Thank you for your order. '.repeat(20) } }] },
  },
  { seq: 4, at: 2, type: 'execution.completed' },
]);

/**
 * Ended executions with a journal each, as quick as the database takes them. One in five has an id that says nothing about
 * time, as sub-workflows have; one in ten has failed.
 */
export async function insertOldExecutions(client: pg.ClientBase, old: OldExecutions): Promise<void> {
  await client.query(
    `with made as (
       insert into execution (id, workspace_id, workflow_id, version_id, status, mode, trigger, queued_at, started_at, finished_at)
       select case when n % 5 = 0 then gen_random_uuid() else uuidv7(-age) end, $1, $2, $3,
         (case when n % 10 = 0 then 'failed' else 'completed' end)::execution_status, 'webhook',
         json_build_object('nodeId', 'start', 'items', json_build_array(json_build_object('json', json_build_object('n', n)))),
         now() - age - interval '2 seconds', now() - age - interval '1 second', now() - age
       from generate_series(1, $4::int) n,
         lateral (select ($5::float8 + ($6::float8 - $5::float8) * n / $4) * interval '1 day' as age) a
       returning id)
     insert into journal_chunk (execution_id, last_seq, events) select id, 4, replace($7, '{n}', id::text)::json from made`,
    [
      old.workspaceId,
      old.workflowId,
      old.versionId,
      old.count,
      old.fromDays,
      old.toDays,
      old.events ?? EVENTS,
    ],
  );
}
