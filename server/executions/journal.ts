import type { NodeErrorData } from '#engine/errors.ts';
import type { EngineEvent } from '#engine/events.ts';
import type { ExecutionState } from '#engine/state.ts';
import { createLane } from '#lib/lane.ts';
import { getPool } from '../db.ts';
import { publishNotices } from '../live/notices.ts';
import { patiently } from '../outage.ts';
import { MAX_JOB_ATTEMPTS } from '../queue/jobs.ts';
import { toJsonb } from './json.ts';
import type { LeasedExecution } from './lease.ts';
import { RING } from './wake.ts';

/** Thrown when a write came too late: another worker holds the execution now. */
export class LeaseLostError extends Error {
  constructor(executionId: string) {
    super(`The lease of execution ${executionId} was lost.`);
    this.name = 'LeaseLostError';
  }
}

interface Write {
  id: string;
  token: bigint;
  lastSeq: number;
  events: EngineEvent[];
  /** Absent: unchanged. Anything but `running` gives the lease back. */
  status?: ExecutionState['status'];
  startedAt?: number;
  finishedAt?: number;
  error?: NodeErrorData;
  wakeAt?: number | null;
  /** Give the lease back although the execution is not at an end: another worker shall go on at once. */
  handOver?: boolean;
  /** Its workflow names an error workflow, which a failure starts. */
  reportFailure: boolean;
}

/**
 * The group commit of one worker: everything that all its running executions appended since the last statement goes into
 * one. `held` are those whose lease is still ours, and everything else joins it: a worker that was frozen or cut off writes
 * nothing. At its end an execution leaves the queue, its row gets the outcome, and a job to wake its
 * parent is added, all at once.
 */
const WRITE = `
with i as materialized (
  select * from unnest($1::uuid[], $2::bigint[], $3::int[], $4::text[], $5::text[], $6::float8[], $7::float8[], $8::text[], $9::float8[], $10::bool[], $11::bool[])
    as t(id, token, last_seq, events, status, started_at, finished_at, error, wake_at, report, progress)
), held as materialized (
  select i.*, i.finished_at is not null as ended, a.workspace_id, a.workflow_id, a.parent_id,
    coalesce(a.started_at, to_timestamp(i.started_at / 1000)) as first_start,
    case when i.status = 'waiting' and a.wakes > 0 then 'queued' else coalesce(i.status, 'running') end::execution_status as state
  from i join active_execution a on a.execution_id = i.id where a.lease_token = i.token and a.status = 'running'
  for update of a
), u as (
  update active_execution a set last_seq = h.last_seq, status = h.state, started_at = h.first_start, wake_at = to_timestamp(h.wake_at / 1000),
    crashes = case when h.progress then 0 else a.crashes end, -- only crashes without a step in between count
    lease_owner = case when h.state = 'running' then a.lease_owner end,
    lease_token = case when h.state = 'running' then a.lease_token end
  from held h where a.execution_id = h.id and not h.ended
), gone as (
  delete from active_execution a using held h where a.execution_id = h.id and h.ended
), e as (
  update execution e set status = h.state, started_at = h.first_start, finished_at = to_timestamp(h.finished_at / 1000), error = h.error::json
  from held h where e.id = h.id and h.ended
), c as (
  insert into journal_chunk (execution_id, last_seq, events) select id, last_seq, events::json from held where events <> '[]'
  on conflict do nothing -- written already, and the answer got lost with the connection
), jobs as (
  select 'report-failure' as job, id from held where report and state in ('failed', 'timeout')
  -- by a job and not here: two workers that each update a parent of the other's batch would lock each other out
  union all select distinct 'wake-execution', parent_id from held where ended and parent_id is not null
), j as (
  select count(*) from graphile_worker.add_jobs(array(
    select json_populate_record(null::graphile_worker.job_spec, json_build_object(
      'identifier', job, 'max_attempts', ${MAX_JOB_ATTEMPTS}, 'payload', json_build_object('executionId', id))) from jobs))
  where exists (select 1 from jobs)
), bell as (
  select ${RING} where exists (select 1 from held where state = 'queued')
)
select held.id, workspace_id, workflow_id, state as status, held.last_seq from held left join j on true left join bell on true`;

interface WrittenRow {
  id: string;
  workspace_id: string;
  workflow_id: string;
  status: ExecutionState['status'];
  last_seq: number;
}

async function send(writes: Write[]): Promise<boolean[]> {
  const columns = [
    writes.map((w) => w.id),
    writes.map((w) => w.token.toString()),
    writes.map((w) => w.lastSeq),
    writes.map((w) => toJsonb(w.events)),
    writes.map((w) => (w.handOver ? 'queued' : (w.status ?? null))),
    writes.map((w) => w.startedAt ?? null),
    writes.map((w) => w.finishedAt ?? null),
    writes.map((w) => (w.error ? toJsonb(w.error) : null)),
    writes.map((w) => w.wakeAt ?? null),
    writes.map((w) => w.reportFailure),
    writes.map((w) => w.events.some((e) => e.type === 'node.completed')),
  ];
  const { rows } = await getPool().query<WrittenRow>({ name: 'journal', text: WRITE, values: columns });
  publishNotices(
    rows.map((r) => ({
      executionId: r.id,
      workspaceId: r.workspace_id,
      workflowId: r.workflow_id,
      status: r.status,
      lastSeq: r.last_seq,
    })),
  );
  const written = new Set(rows.map((row) => row.id));
  return writes.map((w) => written.has(w.id));
}

export function createJournalWriter() {
  // one statement may hold each execution only once, so the writer of an execution pushes its next write after the last
  const lane = createLane<Write, boolean>(send, {
    maxBatch: 300,
    splitOn: isDataError,
    gather: { above: 8, everyMs: 8 },
  });
  return {
    /** The engine's journal port for one leased execution. */
    open: (lease: LeasedExecution): ExecutionJournal =>
      new ExecutionJournal(lease, (write) => lane.push(write)),
    idle: () => lane.idle(),
  };
}
export type JournalWriter = ReturnType<typeof createJournalWriter>;

const isDataError = (error: unknown): boolean => {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^(2[23]|54)/.test(code);
};

/** Events that nobody waits for are written after this long at the latest, so that the browser sees progress. */
const LINGER_MS = 25;

export class ExecutionJournal {
  private readonly lease: LeasedExecution;
  private readonly write: (write: Write) => Promise<boolean>;
  private pending: EngineEvent[] = [];
  private inFlight: Promise<void> | null = null;
  private timer: NodeJS.Timeout | null = null;
  private failure: unknown = null;
  private lastSeq: number;

  /** Set once the workflow is known: a failure then starts its error workflow, in the transaction that records it. */
  reportFailure = false;

  constructor(lease: LeasedExecution, write: (write: Write) => Promise<boolean>) {
    this.lease = lease;
    this.write = write;
    this.lastSeq = lease.lastSeq;
  }

  append(events: EngineEvent[]): void {
    this.pending.push(...events);
    this.timer ??= setTimeout(() => {
      this.timer = null;
      this.checkpoint().catch((error: unknown) => {
        this.failure = error; // the next checkpoint of the run rejects with it
      });
    }, LINGER_MS);
  }

  async checkpoint(): Promise<void> {
    while (this.inFlight) await this.inFlight;
    if (this.failure) throw this.failure;
    if (this.pending.length === 0) return;
    const events = this.pending;
    this.pending = [];
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.lastSeq = events.at(-1)!.seq;
    this.inFlight = this.send({ ...this.row(), events, ...summary(events) }).finally(() => {
      this.inFlight = null;
    });
    await this.inFlight;
  }

  /** Gives the lease back and wakes another worker, which goes on from the last checkpoint. */
  async handOver(): Promise<void> {
    await this.checkpoint();
    await this.send({ ...this.row(), events: [], handOver: true });
  }

  private row() {
    const { id, token } = this.lease;
    return { id, token, lastSeq: this.lastSeq, reportFailure: this.reportFailure };
  }

  private async send(write: Write): Promise<void> {
    // a write that is sent again changes nothing, and the token says whether somebody else went on meanwhile
    const written = await patiently(() => this.write(write)).catch((error: unknown) => {
      this.failure = error;
      throw error;
    });
    if (written) return;
    this.failure = new LeaseLostError(this.lease.id);
    throw this.failure;
  }
}

/** What the events of one write mean for the execution's row. */
function summary(events: readonly EngineEvent[]): Partial<Write> {
  const patch: Partial<Write> = {};
  for (const event of events) {
    if (event.type === 'execution.started') patch.startedAt = event.at;
    else if (event.type === 'execution.waiting')
      Object.assign(patch, { status: 'waiting', wakeAt: event.until });
    else if (event.type === 'execution.paused') Object.assign(patch, { status: 'paused', wakeAt: null });
    else if (event.type === 'execution.resumed')
      Object.assign(patch, { status: 'running', wakeAt: null, startedAt: event.at }); // the first start stays
    else if (event.type === 'execution.completed')
      Object.assign(patch, { status: 'completed', finishedAt: event.at });
    else if (event.type === 'execution.cancelled')
      Object.assign(patch, { status: 'cancelled', finishedAt: event.at });
    else if (event.type === 'execution.failed')
      Object.assign(patch, {
        status: event.reason === 'timeout' ? 'timeout' : 'failed',
        finishedAt: event.at,
        error: event.error,
      });
  }
  return patch;
}

/** Events of many executions, by execution, in order. No scope, as for one. */
export async function readEventsOf(executionIds: readonly string[]): Promise<Map<string, EngineEvent[]>> {
  const { rows } = await getPool().query<{ execution_id: string; events: EngineEvent[] }>({
    name: 'events-of',
    text: 'select execution_id, events from journal_chunk where execution_id = any($1::uuid[]) order by execution_id, last_seq',
    values: [executionIds],
  });
  const byExecution = new Map<string, EngineEvent[]>();
  for (const row of rows) {
    const known = byExecution.get(row.execution_id);
    if (known) known.push(...row.events);
    else byExecution.set(row.execution_id, row.events);
  }
  return byExecution;
}

/** Events after `afterSeq`, in order. No scope: the caller has already read the execution's row through one. */
export async function readEvents(executionId: string, afterSeq = 0): Promise<EngineEvent[]> {
  const { rows } = await getPool().query<{ events: EngineEvent[] }>({
    name: 'events',
    text: 'select events from journal_chunk where execution_id = $1 and last_seq > $2 order by last_seq',
    values: [executionId, afterSeq],
  });
  return rows.flatMap((row) => row.events).filter((event) => event.seq > afterSeq);
}
