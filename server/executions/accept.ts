import type { EngineEvent } from '#engine/events.ts';
import type { Output } from '#engine/item.ts';
import type { ExecutionMode } from '#engine/node.ts';
import { newId } from '#lib/id.ts';
import { createLane, type Lane } from '#lib/lane.ts';
import { getPool } from '../db.ts';
import { AppError } from '../errors.ts';
import { log } from '../log.ts';
import { openPeriods } from '../usage/periods.ts';
import { refusalOf } from '../usage/refusals.ts';
import { BackPressure } from './back-pressure.ts';
import { type ExecutionRow, insertExecutions, type Outcome } from './insert.ts';

/** Where and with what an execution starts; stored with it. */
export interface TriggerData {
  nodeId: string;
  /** Very many are in the output store. */
  items: Output;
  /** Whether the workflow's pinned items stand in for nodes (runs of the draft). */
  usePinned?: boolean;
}

export interface NewExecution {
  workspaceId: string;
  workflowId: string;
  versionId: string;
  mode: ExecutionMode;
  trigger: TriggerData;
  /** The same key within 72 h gives the execution that is already there. */
  deliveryKey?: string;
  /** Fixed id, where the caller must find it again (sub-workflows). */
  id?: string;
  parentId?: string;
  /** Somebody waits for its answer: it goes to the realtime tier unless the workflow says otherwise. */
  awaited?: boolean;
  retryOfId?: string;
  /** The member who asked for it; who published the version counts otherwise. */
  startedById?: string | null;
  /** Events that it begins with: the part of another execution that need not run again. */
  history?: EngineEvent[];
}

export interface Accepted {
  executionId: string;
  /** false: a delivery of the same key was accepted before. */
  fresh: boolean;
}

async function send(rows: ExecutionRow[]): Promise<(Accepted | AppError)[]> {
  const outcomes = await insertExecutions(getPool(), rows);
  const late = rows.filter((_row, i) => outcomes[i]!.outcome === 'no-period');
  const again = late.length > 0 ? await inNewMonth(late) : new Map<string, Outcome>();
  return Promise.all(rows.map((row, i) => acceptedOf(row, again.get(row.id) ?? outcomes[i]!)));
}

/** These are the first of their workspaces in this month of usage. */
async function inNewMonth(rows: ExecutionRow[]): Promise<Map<string, Outcome>> {
  await openPeriods(rows.map((row) => row.workspaceId));
  const outcomes = await insertExecutions(getPool(), rows);
  return new Map(rows.map((row, i) => [row.id, outcomes[i]!]));
}

async function acceptedOf(row: ExecutionRow, { outcome, until }: Outcome): Promise<Accepted | AppError> {
  switch (outcome) {
    case 'started':
      return { executionId: row.id, fresh: true };
    case 'repeated':
      return { executionId: row.deliveryKey ? await findDelivered(row) : row.id, fresh: false };
    case 'over-plan':
      return refusalOf(row, 'plan', until);
    case 'over-budget':
      return refusalOf(row, 'budget', until);
    case 'no-period': // its workspace is gone, or the month ended at this very moment
      return new AppError('SERVICE_UNAVAILABLE', 'The start could not be stored. Try again.', {
        retryAfter: 5,
      });
  }
}

async function findDelivered(row: ExecutionRow): Promise<string> {
  const found = await getPool().query<{ execution_id: string }>(
    'select execution_id from delivery where workspace_id = $1 and key = $2',
    [row.workspaceId, row.deliveryKey],
  );
  return found.rows[0]?.execution_id ?? row.id;
}

const home = globalThis as typeof globalThis & {
  linkflowAcceptLane?: Lane<ExecutionRow, Accepted | AppError>;
  linkflowBackPressure?: BackPressure;
};
const lane = (): Lane<ExecutionRow, Accepted | AppError> =>
  (home.linkflowAcceptLane ??= createLane(send, { maxBatch: 200, splitOn: (error) => isRowError(error) }));

/** A class 22/23 error is about one row's data; anything else is about the database and will hit every row alike. */
const isRowError = (error: unknown): boolean => {
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && /^2[23]/.test(code);
};

const pressure = (): BackPressure => (home.linkflowBackPressure ??= new BackPressure());

/**
 * Resolves once the execution, its place in the queue and what it uses up are committed. Throws SERVICE_UNAVAILABLE when they
 * could not be, or when the queue is full, and what `refusalOf` says when the plan or a budget has no room for it. What executions start themselves is always taken: refusing it would fail work that was accepted.
 */
export async function acceptExecution(execution: NewExecution): Promise<Accepted> {
  if (execution.mode !== 'sub-workflow' && execution.mode !== 'error')
    pressure().assertTakes(execution.workspaceId);
  const accepted = await push({ ...execution, id: execution.id ?? newId() });
  if (accepted instanceof AppError) throw accepted;
  return accepted;
}

async function push(row: ExecutionRow): Promise<Accepted | AppError> {
  try {
    return await lane().push(row);
  } catch (error) {
    if (isRowError(error))
      throw new AppError('BAD_REQUEST', `This start was refused: ${(error as Error).message}`);
    log.error({ error: (error as Error).message }, 'could not store an execution');
    throw new AppError('SERVICE_UNAVAILABLE', 'The start could not be stored. Try again.', { retryAfter: 5 });
  }
}
