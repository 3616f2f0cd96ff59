import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { db } from '../db.ts';
import { env } from '../env.ts';
import { log } from '../log.ts';
import { addJob } from '../queue/add-job.ts';
import { filesOf } from '../storage/file-door.ts';
import { getStorage } from '../storage/open.ts';
import { type Due, deleteRows, findDue, findOrigins, listPlans, nextBatch } from './batch.ts';
import { Pace } from './pace.ts';
import { keptSince } from './policy.ts';
import { inTurn } from './turn.ts';

/** A worker that is told to stop has 20 s. */
const TURN_MS = 10_000;

export interface Turn {
  deleted: number;
  /** Whether there is more to do. */
  left: boolean;
}

/** The job: one turn, and another one after it while something is left. */
export async function deleteOldExecutions(
  _payload: object,
  signal?: AbortSignal,
  turnMs = TURN_MS,
): Promise<void> {
  const turn = await takeTurn({ turnMs, ...(signal ? { signal } : {}) });
  if (!turn || turn.deleted === 0) return;
  log.info(turn, 'old executions were deleted');
  if (turn.left && !signal?.aborted) await addJob(db(), 'delete-old-executions', {});
}

/**
 * Deletes executions that are older than their workspace keeps them, for a while: a batch of each workspace in turn, so
 * that a large one does not keep the others waiting. null: another worker is at it.
 */
export function takeTurn({
  turnMs = TURN_MS,
  signal,
}: {
  turnMs?: number;
  signal?: AbortSignal;
} = {}): Promise<Turn | null> {
  const until = performance.now() + turnMs;
  const goesOn = () => performance.now() < until && !signal?.aborted;
  return inTurn(async (client) => {
    let due = await findDue(client, await limitsOf(client));
    if (due.length === 0) return { deleted: 0, left: false };
    const origins = await findOrigins(client);
    const pace = new Pace();
    let deleted = 0;
    while (due.length > 0 && goesOn()) {
      const later: Due[] = [];
      for (const one of due) {
        if (!goesOn()) {
          later.push(one);
          continue;
        }
        const { next, ...batch } = await deleteBatch(client, one, origins, pace);
        deleted += batch.deleted;
        if (next) later.push({ ...one, after: next });
      }
      due = later;
    }
    return { deleted, left: due.length > 0 };
  }, signal);
}

async function limitsOf(client: pg.ClientBase): Promise<Map<string, Date>> {
  const limits = new Map<string, Date>();
  for (const plan of await listPlans(client)) {
    const since = keptSince(plan, env().LINKFLOW_RETENTION_DAYS, Date.now());
    if (since) limits.set(plan, since);
  }
  return limits;
}

async function deleteBatch(client: pg.ClientBase, due: Due, origins: readonly string[], pace: Pace) {
  const began = performance.now();
  const { ids, next } = await nextBatch(client, due, origins, pace.rows);
  const found = performance.now();
  // before the rows: without these nobody would find them any more
  await getStorage().deletePrefixes(ids.flatMap((id) => [`executions/${id}/`, filesOf(due.workspaceId, id)]));
  const cleared = performance.now();
  const deleted = ids.length === 0 ? 0 : await deleteRows(client, ids);
  await pause(pace.took(found - began + performance.now() - cleared, ids.length));
  return { deleted, next };
}
