import { getPool } from '#server/db.ts';
import { readEventsOf } from '#server/executions/journal.ts';

/** A fault, and the executions that were running anywhere when it came. */
export interface Moment {
  at: number;
  running: string[];
}

/** Call right after a fault. */
export async function momentOf(at: number): Promise<Moment> {
  const { rows } = await getPool().query<{ id: string }>(
    `select execution_id as id from active_execution where status = 'running'`,
  );
  return { at, running: rows.map((row) => row.id) };
}

/** What goes on so soon ran on another worker, or was about to: no lease runs out in this time. */
const SOON_MS = 1_000;

/**
 * How many seconds after the fault each execution that it hit was taken up again. Those that another worker ran on, which
 * shows by their next event, are left out; one that a second fault found still lying there counts from the first.
 */
export async function resumeDelays(moments: readonly Moment[]): Promise<number[]> {
  const delays = new Map<string, number>();
  for (const { at, running } of moments) {
    for (const [id, events] of await readEventsOf(running)) {
      const next = events.find((e) => e.at > at);
      if (next?.type !== 'execution.resumed' && next?.type !== 'execution.started') continue;
      if (next.at - at < SOON_MS) continue;
      const key = `${id}:${next.seq}`;
      delays.set(key, Math.max(delays.get(key) ?? 0, (next.at - at) / 1000));
    }
  }
  return [...delays.values()];
}
