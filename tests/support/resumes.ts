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

/** A claim that had just been made, on a worker that is well, begins within this time. */
const BEGINS_WITHIN_MS = 1_000;

/**
 * How many seconds after each fault each of its executions was taken up again. Those that another worker ran on, which
 * shows by their next event, are left out.
 */
export async function resumeDelays(moments: readonly Moment[]): Promise<number[]> {
  const delays: number[] = [];
  for (const { at, running } of moments) {
    const journals = await readEventsOf(running);
    for (const events of journals.values()) {
      const next = events.find((e) => e.at > at);
      if (next?.type === 'execution.resumed') delays.push((next.at - at) / 1000);
      else if (next?.type === 'execution.started' && next.at - at > BEGINS_WITHIN_MS)
        delays.push((next.at - at) / 1000);
    }
  }
  return delays;
}
