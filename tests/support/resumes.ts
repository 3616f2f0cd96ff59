import { getPool } from '#server/db.ts';
import { readEventsOf } from '#server/executions/journal.ts';

/** A fault, and the executions that were running anywhere when it came, with the name of their worker. */
export interface Moment {
  at: number;
  running: { id: string; owner: string }[];
}

/** Call right after a fault. */
export async function momentOf(at: number): Promise<Moment> {
  const { rows } = await getPool().query<{ id: string; owner: string }>(
    `select execution_id as id, lease_owner as owner from active_execution where status = 'running'`,
  );
  return { at, running: rows };
}

/** What goes on so soon ran on another worker, or was about to: no lease runs out in this time. */
const SOON_MS = 1_000;

/**
 * How many seconds after the fault each execution that it hit was taken up again. Those that another worker ran on, which
 * shows by their next event, are left out. One that a second fault found still lying there counts from the first; one that
 * was taken up and hit again before it had written anything had been taken up by then.
 */
export async function resumeDelays(moments: readonly Moment[]): Promise<number[]> {
  const journals = await readEventsOf([...new Set(moments.flatMap((m) => m.running.map((r) => r.id)))]);
  /** By execution and the event with which it went on: the faults that hit it before. */
  const hits = new Map<string, { owner: string; at: number; goesOn: number }[]>();
  for (const { at, running } of moments) {
    for (const { id, owner } of running) {
      const next = journals.get(id)?.find((e) => e.at > at);
      if (next?.type !== 'execution.resumed' && next?.type !== 'execution.started') continue;
      if (next.at - at < SOON_MS) continue;
      const key = `${id}:${next.seq}`;
      hits.set(key, [...(hits.get(key) ?? []), { owner, at, goesOn: next.at }]);
    }
  }
  return [...hits.values()].flatMap((all) => {
    const lives = all.filter((hit, i) => hit.owner !== all[i - 1]?.owner);
    return lives.map((hit, i) => ((lives[i + 1]?.at ?? hit.goesOn) - hit.at) / 1000);
  });
}
