import type { FormPage, Question } from '#engine/events.ts';
import { getPool } from '../db.ts';
import type { WaitRef } from './links.ts';

/** A run that waits for a call, as the journal has it. */
export interface OpenWait extends WaitRef {
  /** ms since epoch. */
  since: number;
  until: number | null;
  /** Present: a person decides. */
  question: Question | null;
  /** Present: a page is filled in. Neither: a call to the execution's address. */
  form: FormPage | null;
  /** Somebody called already; the execution has not got to it yet. */
  called: boolean;
}

/** What counts of an event here; each event is read once for all of them. */
const COLUMNS =
  'type text, seq int, at float8, until float8, call boolean, question json, form json, node text, run int';

/**
 * Whether a run waits is what its last event says. Read in the database, since the journal of an execution may be large
 * and only a few words of it count; nothing is taken apart of what came before the first word of a call.
 */
const OPEN = `
with asked as (
  select execution_id, min(last_seq) as from_seq from journal_chunk
  where execution_id = any($1::uuid[]) and events::text like '%"call":true%' group by execution_id
), last as (
  select distinct on (c.execution_id, e.node, e.run) c.execution_id, e.*
  from asked join journal_chunk c on c.execution_id = asked.execution_id and c.last_seq >= asked.from_seq
    cross join lateral json_to_recordset(c.events) as e(${COLUMNS})
  where e.run is not null
  order by c.execution_id, e.node, e.run, e.seq desc
)
select last.execution_id as "executionId", last.node, last.run, last.at as since, last.until, last.question, last.form, w.at is not null as called
from last left join wait_call w on w.execution_id = last.execution_id and w.node_id = last.node and w.run = last.run
where last.type = 'node.waiting' and last.call
order by last.at desc`;

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
    text: `select type, until, question
      from journal_chunk c cross join lateral json_to_recordset(c.events) as e(${COLUMNS})
      where c.execution_id = $1 and e.node = $2 and e.run = $3 order by e.seq`,
    values: [executionId, node, run],
  });
  const asked = rows.findLast((row) => row.question !== null);
  if (!asked?.question) return null;
  return { question: asked.question, until: asked.until, open: rows.at(-1) === asked };
}
