import type { Question } from '#engine/events.ts';
import { getPool } from '../db.ts';
import type { WaitRef } from './links.ts';

/** A run that waits for a call, as the journal has it. */
export interface OpenWait extends WaitRef {
  /** ms since epoch. */
  since: number;
  until: number | null;
  /** Present: a person decides. Absent: a call to the execution's address. */
  question: Question | null;
  /** Somebody called already; the execution has not got to it yet. */
  called: boolean;
}

/**
 * Whether a run waits is what its last event says. Read in the database, since the journal of an execution may be large
 * and only a few words of it count; executions without a word of calls are not taken apart at all.
 */
const OPEN = `
with asked as (
  select distinct execution_id from journal_chunk where execution_id = any($1::uuid[]) and events::text like '%"call":true%'
), last as (
  select distinct on (c.execution_id, e->>'node', e->>'run') c.execution_id, e->>'type' as type, e->>'node' as node, (e->>'run')::int as run,
    (e->>'at')::float8 as since, (e->>'until')::float8 as until, e->>'call' as call, e->'question' as question
  from asked join journal_chunk c using (execution_id) cross join lateral json_array_elements(c.events::json) e
  where e->>'run' is not null
  order by c.execution_id, e->>'node', e->>'run', (e->>'seq')::int desc
)
select last.execution_id as "executionId", last.node, last.run, last.since, last.until, last.question, w.at is not null as called
from last left join wait_call w on w.execution_id = last.execution_id and w.node_id = last.node and w.run = last.run
where last.type = 'node.waiting' and last.call = 'true'
order by last.since desc`;

/** Runs of these executions that wait for a call, the latest first. No scope: the ids were read through one. */
export async function listOpenWaits(executionIds: readonly string[]): Promise<OpenWait[]> {
  if (executionIds.length === 0) return [];
  const { rows } = await getPool().query<OpenWait>({
    name: 'wait-open-waits',
    text: OPEN,
    values: [executionIds],
  });
  return rows;
}

export interface AskedQuestion {
  question: Question;
  until: number | null;
  /** The run still waits for its answer. */
  open: boolean;
}

/** The question that a run asked, whether it still waits or not; null when it asked none. */
export async function findQuestion({ executionId, node, run }: WaitRef): Promise<AskedQuestion | null> {
  const { rows } = await getPool().query<{
    type: string;
    until: number | null;
    question: Question | null;
  }>({
    name: 'wait-question',
    text: `select e->>'type' as type, (e->>'until')::float8 as until, e->'question' as question
      from journal_chunk c cross join lateral json_array_elements(c.events::json) e
      where c.execution_id = $1 and e->>'node' = $2 and (e->>'run')::int = $3 order by (e->>'seq')::int`,
    values: [executionId, node, run],
  });
  const asked = rows.findLast((row) => row.question !== null);
  if (!asked?.question) return null;
  return { question: asked.question, until: asked.until, open: rows.at(-1) === asked };
}
