import { randomBytes } from 'node:crypto';
import { getPool } from '../db.ts';
import type { TriggerData } from './accept.ts';
import type { ExecutionTier } from './schema.ts';
import { RING } from './wake.ts';

/** A worker beats this often … */
export const HEARTBEAT_MS = 3_000;
/** … and loses what it runs after this long without one. */
export const LEASE_MS = 10_000;

export interface LeasedExecution {
  id: string;
  workspaceId: string;
  workflowId: string;
  versionId: string;
  mode: string;
  trigger: TriggerData;
  lastSeq: number;
  token: bigint;
  cancelRequested: boolean;
  pauseRequested: boolean;
}

interface ClaimedRow {
  execution_id: string;
  workspace_id: string;
  workflow_id: string;
  version_id: string;
  mode: string;
  trigger: TriggerData;
  last_seq: number;
  cancel_requested: boolean;
  pause_requested: boolean;
  more: boolean;
}

export interface Claimed {
  leases: LeasedExecution[];
  /** Whether something was left in the queue; null when nothing was found, be it that all are held back. */
  more: boolean | null;
}

/** What somebody asked of an execution that this worker runs. */
export interface ExecutionRequest {
  id: string;
  cancel: boolean;
  pause: boolean;
  /** Grows with everything that the execution may wait for: a call came, a child ended. */
  wakes: number;
}

/** The leases of one worker, which takes executions of these tiers; a `quarantine` takes suspects, and nothing else. */
export function createLeases(
  owner: string,
  tiers: readonly ExecutionTier[],
  { quarantine = false }: { quarantine?: boolean } = {},
) {
  return {
    /** Takes up to `slots` executions off the queue in fair order, no more than `share` of them for one workspace. */
    async claim(slots: number, share: number): Promise<Claimed> {
      const token = randomBytes(8).readBigInt64BE(); // never comes back: see claim_executions.sql
      const { rows } = await getPool().query<ClaimedRow>({
        name: 'claim',
        text: 'select * from claim_executions($1, $2, $3, $4, $5, $6, $7)',
        values: [owner, token.toString(), slots, share, tiers, LEASE_MS / 1000, quarantine],
      });
      const leases = rows.map((row) => ({
        id: row.execution_id,
        workspaceId: row.workspace_id,
        workflowId: row.workflow_id,
        versionId: row.version_id,
        mode: row.mode,
        trigger: row.trigger,
        lastSeq: row.last_seq,
        token,
        cancelRequested: row.cancel_requested,
        pauseRequested: row.pause_requested,
      }));
      return { leases, more: rows[0]?.more ?? null };
    },
    /**
     * Says that this worker is alive, and prolongs the leases of the executions that it runs; of no others, for a claim whose
     * answer got lost leaves leases that nobody knows of. `poolId`: graphile-worker's name for it, found in the jobs that it locked.
     */
    async beat(poolId: string, running: readonly string[]): Promise<void> {
      await getPool().query(
        `with beat as (insert into worker_process (id, pool_id, beat_at) values ($1, $3, now())
           on conflict (id) do update set beat_at = now(), pool_id = excluded.pool_id)
         update active_execution set lease_expires_at = now() + make_interval(secs => $2)
           where execution_id = any($4::uuid[]) and lease_owner = $1 and status = 'running'`,
        [owner, LEASE_MS / 1000, poolId, running],
      );
    },
    async requests(): Promise<ExecutionRequest[]> {
      const { rows } = await getPool().query<ExecutionRequest>({
        name: 'requests',
        text: `select execution_id as id, cancel_requested as cancel, pause_requested as pause, wakes from active_execution
          where lease_owner = $1 and status = 'running' and (cancel_requested or pause_requested or wakes > 0)`,
        values: [owner],
      });
      return rows;
    },
    /** Puts back at once what still runs here, for this process is about to end on purpose: no crash, nothing to wait for. */
    async giveBack(): Promise<void> {
      await getPool().query(
        `with back as (update active_execution set status = 'queued', lease_owner = null, lease_token = null
           where lease_owner = $1 and status = 'running' returning 1)
         select ${RING} where exists (select 1 from back)`,
        [owner],
      );
    },
    /** Says goodbye, so that nobody waits for this worker's leases to expire. */
    async leave(): Promise<void> {
      await getPool().query('delete from worker_process where id = $1', [owner]);
    },
  };
}
export type Leases = ReturnType<typeof createLeases>;
