import type pg from 'pg';
import { getPool } from '../db.ts';

/** Both kinds of house-keeping share it: rows that one deletes the other does not move. Any number; nobody else has it. */
const LOCK = 7_214_039_881;

/**
 * Runs `work` unless a worker anywhere is at it, on one connection that holds the turn: when this process dies, the turn is
 * free once the database has noticed. Returns null when it was not our turn. An aborted `signal` ends the running statement.
 */
export async function inTurn<T>(
  work: (client: pg.PoolClient) => Promise<T>,
  signal?: AbortSignal,
): Promise<T | null> {
  const client = await getPool().connect();
  let spoilt: Error | undefined;
  const cancel = () => void cancelStatement(client);
  try {
    const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [LOCK]);
    if (!rows[0]!.mine) return null;
    // what a crash of the database forgets is deleted again: nobody has to wait for the disk
    await client.query('set synchronous_commit = off');
    signal?.addEventListener('abort', cancel, { once: true });
    const result = await work(client);
    await client.query('reset synchronous_commit');
    await client.query('select pg_advisory_unlock($1)', [LOCK]);
    return result;
  } catch (error) {
    spoilt = error as Error;
    if (signal?.aborted) return null; // told to stop in the middle of a statement: the next turn goes on
    throw error;
  } finally {
    signal?.removeEventListener('abort', cancel);
    client.release(spoilt); // with an error the connection is closed, and the lock goes with it
  }
}

async function cancelStatement(client: pg.PoolClient): Promise<void> {
  const { processID } = client as pg.PoolClient & { processID: number };
  await getPool()
    .query('select pg_cancel_backend($1)', [processID])
    .catch(() => undefined); // the database is away, and the statement with it
}
