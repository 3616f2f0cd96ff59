import { getPool, type Transaction } from '../db.ts';

/** Rings when something was put in the queue. A worker that misses it looks by itself every second. */
export const QUEUE_CHANNEL = 'linkflow_queue';

/** SQL that rings the bell when the transaction commits; PostgreSQL folds equal ones of a transaction into one. */
export const RING = `pg_notify('${QUEUE_CHANNEL}', '')`;

/** Rings at the end of this transaction. */
export const ring = (tx: Transaction) => tx.$executeRawUnsafe(`select ${RING}`);

/**
 * Puts the executions that have slept long enough back in the queue; true when there were any. Any worker may call it.
 * Rows that somebody else is about to change are left for the next time.
 */
export async function queueDueExecutions(): Promise<boolean> {
  const { rowCount } = await getPool().query({
    name: 'queue-due',
    text: `with due as (select execution_id from active_execution where status = 'waiting' and wake_at <= now()
        order by wake_at limit 1000 for update skip locked)
      update active_execution a set status = 'queued', wake_at = null from due where a.execution_id = due.execution_id`,
  });
  return (rowCount ?? 0) > 0;
}

/**
 * Says that something happened that this execution may wait for: a call came, a child ended. A sleeping one goes back in the queue; a running one is
 * told by its worker; one that is just about to sleep finds the count when it does.
 */
export async function wakeExecution(executionId: string): Promise<void> {
  await getPool().query(WAKE, [executionId]);
}

/** The same, as part of a transaction. */
export async function wakeExecutionIn(tx: Transaction, executionId: string): Promise<void> {
  await tx.$queryRawUnsafe(WAKE, executionId);
}

const WAKE = `with w as (update active_execution set wakes = wakes + 1,
    status = case when status = 'waiting' then 'queued'::execution_status else status end where execution_id = $1::uuid)
  select ${RING}::text`;
