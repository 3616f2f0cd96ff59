import type { NodeRunRef } from '#engine/events.ts';
import type { NodeCall } from '#engine/run-options.ts';
import { getPool, type Transaction } from '../db.ts';
import { toJsonb } from '../executions/json.ts';
import type { WaitRef } from './links.ts';

/**
 * One row says how a wait ended: with what somebody handed over, or with nobody in time. The first one wins, whoever it
 * is: so no decision is taken twice, and none is taken that the execution then does not follow.
 */
const EXPIRED = { expired: true } as const;
const isExpiry = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && (data as { expired?: unknown }).expired === true;

export interface RecordedCall {
  data: unknown;
  at: Date;
  /** Nobody called in time; `data` is of no interest. */
  expired: boolean;
}

/** Calls for runs of one execution, as the engine wants them when it takes the execution up. */
export async function readCalls(executionId: string): Promise<NodeCall[]> {
  const { rows } = await getPool().query<{ node: string; run: number; data: unknown; at: Date }>({
    name: 'wait-calls',
    text: 'select node_id as node, run, data, at from wait_call where execution_id = $1',
    values: [executionId],
  });
  return rows
    .filter((row) => !isExpiry(row.data))
    .map(({ node, run, data, at }) => ({ node, run, data, at: at.getTime() }));
}

/**
 * Ends a wait for which nobody called. Resolves with the call that came first after all, or with null: from then on
 * nobody can call any more. Asking again gives the same answer.
 */
export async function expireCall(executionId: string, { node, run }: NodeRunRef): Promise<NodeCall | null> {
  const ref = { executionId, node, run };
  await getPool().query({
    name: 'wait-expire-call',
    text: INSERT,
    values: [executionId, node, run, toJsonb(EXPIRED)],
  });
  const call = await findCall(ref);
  return call && !call.expired ? { node, run, data: call.data, at: call.at.getTime() } : null;
}

/** Hands `data` over; false when somebody was faster. The caller wakes the execution once this is committed. */
export async function recordCall(
  tx: Transaction,
  { executionId, node, run }: WaitRef,
  data: unknown,
): Promise<boolean> {
  const count = await tx.$executeRawUnsafe(INSERT, executionId, node, run, toJsonb(data));
  return count === 1;
}

export async function findCall({ executionId, node, run }: WaitRef): Promise<RecordedCall | null> {
  const { rows } = await getPool().query<{ data: unknown; at: Date }>({
    name: 'wait-call',
    text: 'select data, at from wait_call where execution_id = $1 and node_id = $2 and run = $3',
    values: [executionId, node, run],
  });
  const [row] = rows;
  return row ? { ...row, expired: isExpiry(row.data) } : null;
}

const INSERT = `insert into wait_call (execution_id, node_id, run, data) values ($1::uuid, $2, $3::int, $4::json)
  on conflict do nothing`;
