import { expect } from 'vitest';
import type { EngineEvent } from '#engine/events.ts';
import type { Item } from '#engine/item.ts';
import { type WorkflowInput, workflowSchema } from '#engine/workflow.ts';
import { getPool } from '#server/db.ts';
import { type Accepted, acceptExecution } from '#server/executions/accept.ts';
import { readEvents, readEventsOf } from '#server/executions/journal.ts';
import { sweep } from '#server/executions/sweep.ts';
import { getRunnableVersion } from '#server/workflows/versions.ts';
import { type Checkpoints, judge, type Verdict } from './evidence.ts';
import type { Person } from './people.ts';
import type { Sink } from './sink.ts';
import { until } from './until.ts';
import { edges, node, post } from './workflows.ts';

/** Two writes with a pure node between them; each names itself to the sink by its path. */
export const twoWrites = (sink: Sink, name: string): WorkflowInput => ({
  name,
  nodes: [
    node('start', 'manual-trigger'),
    post('first', `${sink.url}/${name}/first`),
    node('pure', 'no-op'),
    post('second', `${sink.url}/${name}/second`),
  ],
  edges: edges('start>first', 'first>pure', 'pure>second'),
});

/** A stored workflow and the version of its draft. */
export async function createWorkflow(
  person: Person,
  file: WorkflowInput,
): Promise<{ workflowId: string; versionId: string }> {
  const { id: workflowId } = await person
    .caller()
    .workflows.create({ name: file.name, workflow: workflowSchema.parse(file) });
  const { versionId } = await getRunnableVersion(person.scope, workflowId, 'draft');
  return { workflowId, versionId };
}

/** Accepts executions of one workflow as a webhook does: the promise resolves once they are committed. */
export async function createStarter(
  person: Person,
  file: WorkflowInput,
  items: Item[] = [{ json: {} }],
): Promise<(deliveryKey?: string) => Promise<Accepted>> {
  const version = await createWorkflow(person, file);
  return (deliveryKey) =>
    acceptExecution({
      workspaceId: person.workspaceId,
      ...version,
      mode: 'webhook',
      trigger: { nodeId: 'start', items },
      ...(deliveryKey ? { deliveryKey } : {}),
    });
}

export interface Row {
  id: string;
  status: string;
  /** 0 once it has ended. */
  crashes: number;
}

export async function rowsOf(ids: readonly string[]): Promise<Row[]> {
  const { rows } = await getPool().query<Row>(
    `select e.id, coalesce(a.status, e.status) as status, coalesce(a.crashes, 0) as crashes
     from execution e left join active_execution a on a.execution_id = e.id where e.id = any($1::uuid[])`,
    [ids],
  );
  return rows;
}

/** What happened to each, for the message of an assertion that there are none. */
export async function storiesOf(rows: readonly Row[]): Promise<string[]> {
  const journals = await readEventsOf(rows.map((row) => row.id));
  return rows.map(({ id, status }) => {
    const events = journals.get(id) ?? [];
    const steps = events.map((e) => ('node' in e && e.node ? `${e.type} ${e.node}` : e.type)).join(', ');
    const end = events.find((e) => e.type === 'execution.failed');
    return `${id} ${status} (${end?.type === 'execution.failed' ? end.error.message : ''}): ${steps}`;
  });
}

export const ENDS = ['completed', 'failed', 'cancelled', 'timeout'];

/** Waits until all have ended, and gives their rows. */
export const untilAllEnded = (ids: readonly string[], seconds: number): Promise<Row[]> =>
  until('all executions at their end', seconds, async () => {
    const rows = await rowsOf(ids);
    return rows.length === ids.length && rows.every((row) => ENDS.includes(row.status)) ? rows : null;
  }).catch(async (error: Error) => {
    const open = (await rowsOf(ids)).filter((row) => !ENDS.includes(row.status));
    throw new Error(`${error.message}; open: ${(await storiesOf(open)).slice(0, 5).join('\n')}`);
  });

/** One end, nothing after it, and every number once. */
export async function expectSoundJournal(id: string): Promise<void> {
  expectSound(await readEvents(id));
}

export async function expectSoundJournals(ids: readonly string[]): Promise<void> {
  const journals = await readEventsOf(ids);
  expect(journals.size).toBe(ids.length);
  for (const events of journals.values()) expectSound(events);
}

function expectSound(events: readonly EngineEvent[]): void {
  expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => i + 1));
  const isEnd = (type: string) => ENDS.some((end) => type === `execution.${end}`);
  expect(events.filter((e) => isEnd(e.type))).toHaveLength(1);
  expect(isEnd(events.at(-1)!.type)).toBe(true);
}

/**
 * Makes the worker of this execution, which must be dead or frozen already, look as if it had been silent for longer than a lease,
 * and lets a sweeper find it.
 */
export async function letLeaseRunOut(id: string): Promise<void> {
  await getPool().query(
    `with gone as (select lease_owner from active_execution where execution_id = $1),
       e as (update active_execution set lease_expires_at = now() - interval '1 second' where lease_owner = (select lease_owner from gone))
     update worker_process set beat_at = now() - interval '1 minute' where id = (select lease_owner from gone)`,
    [id],
  );
  await sweep();
}

/** Kills the process that runs this execution, as if the execution had done it; resolves when it is gone. */
export async function killProcessOf(id: string): Promise<{ quarantine: boolean }> {
  const { rows } = await getPool().query<{ lease_owner: string }>(
    'select lease_owner from active_execution where execution_id = $1',
    [id],
  );
  const [role, pid] = rows[0]!.lease_owner.split('-');
  process.kill(Number(pid), 'SIGKILL');
  await until('a killed process gone', 10, async () => !isRunning(Number(pid)));
  return { quarantine: role === 'quarantine' };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** What the outside saw of executions of `twoWrites`. */
export function verdict(sink: Sink, ids: readonly string[], checkpoints?: Checkpoints): Verdict {
  const keys = (id: string) => ['first', 'second'].map((name) => `${id}:${name}:0:0`);
  const { strays, ...seen } = judge(sink, new Map(ids.map((id) => [id, keys(id)])), checkpoints);
  expect(strays).toEqual([]);
  return seen;
}
