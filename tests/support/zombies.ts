import type { ChildProcess } from 'node:child_process';
import { getPool } from '#server/db.ts';
import type { Fleet } from './fleet.ts';

/** A worker process with the name that it writes into its leases. */
export interface NamedWorker {
  process: ChildProcess;
  owner: string;
}

const owners = async () =>
  (await getPool().query<{ id: string }>('select id from worker_process')).rows.map((row) => row.id);

/** Starts them one after the other: the name that is new is that of the one just started. */
export async function startNamed(fleet: Fleet, count: number): Promise<NamedWorker[]> {
  const workers: NamedWorker[] = [];
  for (let i = 0; i < count; i++) {
    const before = await owners();
    const process = await fleet.start();
    workers.push({ process, owner: (await owners()).find((id) => !before.includes(id))! });
  }
  return workers;
}

/** Who holds each of these executions now. */
export async function holdersOf(ids: readonly string[]): Promise<string[]> {
  const { rows } = await getPool().query<{ owner: string }>(
    `select lease_owner as owner from active_execution where execution_id = any($1::uuid[]) and status = 'running'`,
    [ids],
  );
  return rows.map((row) => row.owner);
}

/** A worker that was silent is forgotten by the others, and says that it is there when it wakes. */
export const isKnown = async (owner: string): Promise<boolean> => (await owners()).includes(owner);
