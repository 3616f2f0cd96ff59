import { getPool } from '#server/db.ts';
import type { Sink, SinkCall } from './sink.ts';

export interface Verdict {
  /** Accepted executions of which a write never reached the outside. */
  lost: number;
  /** Writes that arrived more than once, always under the same key: they were in flight when the fault came. */
  doubled: number;
  /** Calls for writes that the journal already knew as done. */
  repeated: number;
}

/** What the journal knew, and when, in numbers of calls that the outside had seen by then. */
export interface Checkpoints {
  /** Notes what is durable now: completed node runs, and executions that ended. Best right after a fault. */
  look(): Promise<void>;
  isRepetition(call: SinkCall, index: number): boolean;
}

/** Overlap of two looks, for commits that were under way at the first. */
const OVERLAP_SECONDS = 30;

export function watchCheckpoints(sink: Sink): Checkpoints {
  /** By `execution:node:run` and by `execution`: how many calls had been seen when it was found to be done. */
  const done = new Map<string, number>();
  let since = new Date(0);
  return {
    async look() {
      const began = Date.now();
      const { rows } = await getPool().query<{ what: string }>(
        `select c.execution_id || ':' || (e ->> 'node') || ':' || (e ->> 'run') as what
           from active_execution a join journal_chunk c using (execution_id), json_array_elements(c.events) e
           where e ->> 'type' = 'node.completed'
         union all select id::text from execution where finished_at > $1`,
        [since],
      );
      since = new Date(began - OVERLAP_SECONDS * 1000);
      // counted after the look: whatever was done at the time of the look had been called before
      const calls = sink.calls.length;
      for (const { what } of rows) if (!done.has(what)) done.set(what, calls);
    },
    isRepetition({ idempotencyKey = '' }, index) {
      const [id = '', node, run] = idempotencyKey.split(':');
      return [id, `${id}:${node}:${run}`].some(
        (what) => (done.get(what) ?? Number.POSITIVE_INFINITY) <= index,
      );
    },
  };
}

/**
 * Judges by what the outside saw. `expected`: the keys of the writes of each execution, in the order in which they must
 * come, a key that is tried again as often as it is planned to be; a call for an earlier one after a later one had begun is a repetition too, for the later one waits for its checkpoint.
 * `strays`: other keys that these executions used.
 */
export function judge(
  sink: Sink,
  expected: ReadonlyMap<string, readonly string[]>,
  checkpoints?: Checkpoints,
): Verdict & { strays: string[] } {
  const places = new Map<string, { id: string; place: number }>();
  const planned = new Map<string, number>();
  for (const [id, keys] of expected) {
    for (const [place, key] of keys.entries()) {
      places.set(key, { id, place });
      planned.set(key, (planned.get(key) ?? 0) + 1);
    }
  }
  const reached = new Map<string, number>();
  const counts = new Map<string, number>();
  const strays = new Set<string>();
  let repeated = 0;
  for (const [index, call] of sink.calls.entries()) {
    const key = call.idempotencyKey ?? 'none';
    const known = places.get(key);
    if (!known) {
      if (expected.has(key.split(':')[0]!)) strays.add(key);
      continue;
    }
    counts.set(key, (counts.get(key) ?? 0) + 1);
    const furthest = reached.get(known.id) ?? -1;
    if (known.place < furthest || checkpoints?.isRepetition(call, index)) repeated++;
    reached.set(known.id, Math.max(furthest, known.place));
  }
  return {
    lost: [...expected.values()].filter((keys) => !keys.every((key) => counts.has(key))).length,
    doubled: [...counts].filter(([key, n]) => n > planned.get(key)!).length,
    repeated,
    strays: [...strays],
  };
}
