import type { ChildProcess } from 'node:child_process';
import { expect } from 'vitest';
import type { BoundaryWorkload } from './boundary-workloads.ts';
import { type Checkpoints, judge, type Verdict } from './evidence.ts';
import type { Counts, Failpoint } from './failpoint.ts';
import { arm, countsOf } from './failpoints.ts';
import { isAlive, whenGone } from './fleet.ts';
import type { Sink } from './sink.ts';
import { until } from './until.ts';
import { ENDS, expectSoundJournal, rowsOf, untilAllEnded } from './workload.ts';

/** Asked again and again whether there is work or not: only what they find is a boundary, and their first sending. */
const POLLS = ['claim', 'requests', 'queue-due', 'take-over', 'suspects'];

/** Every place of a run without faults where a statement is sent or its result arrives. */
export function pointsOf(counts: Counts): Failpoint[] {
  const upTo = (n: number) => Array.from({ length: n }, (_, i) => i + 1);
  return Object.entries(counts).flatMap(([statement, { before, after }]) => [
    ...upTo(POLLS.includes(statement) ? Math.min(1, before) : before).map(
      (nth) => ({ statement, when: 'before', nth, how: 'die' }) as const,
    ),
    ...upTo(after).map((nth) => ({ statement, when: 'after', nth, how: 'die' }) as const),
  ]);
}

/** One execution on this worker, undisturbed: the statements that it took, and the number of its writes. */
export async function runUndisturbed(
  worker: ChildProcess,
  workload: BoundaryWorkload,
): Promise<{ id: string; counts: Counts; writes: number }> {
  await countsOf(worker);
  const { executionId: id } = await workload.start();
  await untilAllEnded([id], 30);
  const counts = await untilQuiet(worker);
  return { id, counts, writes: (await workload.keysOf(id)).length };
}

/** Some statements come a little after the end, such as notices. */
async function untilQuiet(worker: ChildProcess): Promise<Counts> {
  await new Promise((resolve) => setTimeout(resolve, 200));
  return countsOf(worker);
}

/** Starts an execution on the only worker, which dies at this point. `died` is null when it never came there. */
export async function dieAt(
  worker: ChildProcess,
  point: Failpoint,
  workload: BoundaryWorkload,
): Promise<{ id: string; diedAt: number | null }> {
  await arm(worker, point);
  const { executionId: id } = await workload.start();
  let diedAt: number | null = null;
  const gone = whenGone(worker).then(() => {
    diedAt = Date.now();
  });
  await until('dead or at the end', 30, async () => {
    const [row] = await rowsOf([id]);
    return !isAlive(worker) || ENDS.includes(row!.status);
  });
  await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 200))]);
  if (diedAt !== null) expect(worker.signalCode).toBe('SIGKILL');
  return { id, diedAt };
}

/** All completed, journals sound, every write there under its one key, and none repeated that was checkpointed. */
export async function judgeRuns(
  sink: Sink,
  runs: readonly { workload: BoundaryWorkload; id: string; writes: number }[],
  checkpoints: Checkpoints,
): Promise<Verdict> {
  const expected = new Map<string, string[]>();
  for (const { workload, id, writes } of runs) {
    const keys = await workload.keysOf(id);
    expect(keys).toHaveLength(writes); // a sub-workflow was started once
    expected.set(id, keys);
    await expectSoundJournal(id);
  }
  const rows = await rowsOf([...expected.keys()]);
  expect(rows.map((row) => row.status)).toEqual(runs.map(() => 'completed'));
  const { strays, ...seen } = judge(sink, expected, checkpoints);
  expect(strays).toEqual([]);
  return seen;
}
