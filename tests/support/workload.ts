import { expect } from 'vitest';
import { type WorkflowInput, workflowSchema } from '#engine/workflow.ts';
import { getPool } from '#server/db.ts';
import { type Accepted, acceptExecution } from '#server/executions/accept.ts';
import { readEvents } from '#server/executions/journal.ts';
import { getRunnableVersion } from '#server/workflows/versions.ts';
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

/** Accepts executions of one workflow as a webhook does: the promise resolves once they are committed. */
export async function createStarter(
  person: Person,
  file: WorkflowInput,
): Promise<(deliveryKey?: string) => Promise<Accepted>> {
  const { id: workflowId } = await person
    .caller()
    .workflows.create({ name: file.name, workflow: workflowSchema.parse(file) });
  const { versionId } = await getRunnableVersion(person.scope, workflowId, 'draft');
  return (deliveryKey) =>
    acceptExecution({
      workspaceId: person.workspaceId,
      workflowId,
      versionId,
      mode: 'webhook',
      trigger: { nodeId: 'start', items: [{ json: {} }] },
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

const ENDS = ['completed', 'failed', 'cancelled', 'timeout'];

/** Waits until all have ended, and gives their rows. */
export const untilAllEnded = (ids: readonly string[], seconds: number): Promise<Row[]> =>
  until('all executions at their end', seconds, async () => {
    const rows = await rowsOf(ids);
    return rows.length === ids.length && rows.every((row) => ENDS.includes(row.status)) ? rows : null;
  });

/** One end, nothing after it, and every number once. */
export async function expectSoundJournal(id: string): Promise<void> {
  const events = await readEvents(id);
  expect(events.map((e) => e.seq)).toEqual(events.map((_, i) => i + 1));
  const isEnd = (type: string) => ENDS.some((end) => type === `execution.${end}`);
  expect(events.filter((e) => isEnd(e.type))).toHaveLength(1);
  expect(isEnd(events.at(-1)!.type)).toBe(true);
}

/** Makes the worker of this execution, which must be dead already, look as if it had been silent for longer than a lease. */
export async function letLeaseRunOut(id: string): Promise<void> {
  await getPool().query(
    `with gone as (select lease_owner from active_execution where execution_id = $1),
       e as (update active_execution set lease_expires_at = now() - interval '1 second' where lease_owner = (select lease_owner from gone))
     update worker_process set beat_at = now() - interval '1 minute' where id = (select lease_owner from gone)`,
    [id],
  );
}

export interface Verdict {
  /** Accepted, and a write never reached the outside. */
  lost: number;
  /** Writes that arrived more than once under the same key. */
  doubled: number;
  /** Finished writes that ran again after the next write had begun, which proves their checkpoint. */
  repeated: number;
}

/** What the outside saw of executions of `twoWrites`. */
export function verdict(sink: Sink, ids: readonly string[]): Verdict {
  const known = new Set(ids);
  const counts = sink.perKey();
  const reached = new Set<string>();
  let repeated = 0;
  for (const { path, idempotencyKey = '' } of sink.calls) {
    const id = idempotencyKey.split(':')[0]!;
    if (!known.has(id)) continue;
    if (path.endsWith('/first') && reached.has(`${id}:second`)) repeated++;
    reached.add(`${id}:${path.split('/').at(-1)}`);
  }
  return {
    lost: ids.filter((id) => !reached.has(`${id}:first`) || !reached.has(`${id}:second`)).length,
    doubled: [...counts].filter(([key, n]) => n > 1 && known.has(key.split(':')[0]!)).length,
    repeated,
  };
}

/** How long after `since` the last of these executions reached its second write, as the outside saw it. */
export function recoverySeconds(sink: Sink, ids: readonly string[], since: number): number {
  const seconds = sink.calls
    .filter((call) => call.path.endsWith('/second') && ids.includes(call.idempotencyKey?.split(':')[0] ?? ''))
    .map((call) => (call.at - since) / 1000);
  return Math.max(0, ...seconds);
}

/** The one line a scenario prints. */
export function summarise(fault: string, runs: number, seen: Verdict, recoverySeconds?: number): void {
  const recovery = recoverySeconds === undefined ? '–' : `${recoverySeconds.toFixed(1)} s`;
  console.log(
    `fault: ${fault} | runs ${runs} | lost ${seen.lost} | doubled ${seen.doubled} | recovery ${recovery}`,
  );
}
