import { getPool } from '../db.ts';
import { type CircuitKey, MAX_PER_WORKSPACE } from './memory.ts';
import type { Circuit } from './policy.ts';
import type { CircuitState } from './schema.ts';

/** A row, with times as distances from the database's now: clocks of different workers do not agree. */
export interface StoredCircuit extends CircuitKey {
  state: CircuitState;
  failures: number;
  openedAgoMs: number | null;
  /** Negative when it is over. */
  retryInMs: number | null;
  lastError: string | null;
}

/** The table that the workers share. Rejects when the database is away. */
export interface CircuitStore {
  /** The circuits of these workspaces that are not closed. */
  listOpen(workspaceIds: readonly string[]): Promise<StoredCircuit[]>;
  /** Records a change of state. Without `trial` an open one of somebody else is left as it is if it opened for longer. */
  save(key: CircuitKey, circuit: Circuit, now: number, trial: boolean): Promise<void>;
  /** True: the caller has the trial. Otherwise what the table says, null for a closed one. */
  claimTrial(key: CircuitKey, circuit: Circuit, now: number): Promise<true | StoredCircuit | null>;
}

const COLUMNS = `workspace_id as "workspaceId", host, credential_id as "credentialId", state, failures,
  (extract(epoch from now() - opened_at) * 1000)::float8 as "openedAgoMs",
  (extract(epoch from retry_at - now()) * 1000)::float8 as "retryInMs", last_error as "lastError"`;

const LIST_OPEN = `select ${COLUMNS} from circuit where workspace_id = any($1::uuid[]) and state <> 'closed'`;

const INSERT = `insert into circuit (workspace_id, host, credential_id, state, failures, opened_at, retry_at, last_error, updated_at)
  values ($1, $2, $3, $4::circuit_state, $5, now() - make_interval(secs => $6::float8), now() + make_interval(secs => $7::float8), $8, now())
  on conflict (workspace_id, host, credential_id) do update set`;

/** The oldest go when a workspace has more than it may, so that a workflow that makes hosts up cannot fill the table. */
const SAVE = `with surplus as (
    delete from circuit where (workspace_id, host, credential_id) in (
      select workspace_id, host, credential_id from circuit where workspace_id = $1
      order by updated_at desc offset ${MAX_PER_WORKSPACE - 1})
      and (host, credential_id) <> ($2, $3)
  )
  ${INSERT} state = excluded.state, failures = excluded.failures, opened_at = coalesce(excluded.opened_at, circuit.opened_at),
    retry_at = excluded.retry_at, last_error = excluded.last_error, updated_at = now()
  where $9 or circuit.state = 'closed' or circuit.retry_at < excluded.retry_at`;

/** One second of grace: the row is written a moment after the worker that opened it began to count. */
const CLAIM = `${INSERT} state = excluded.state, retry_at = excluded.retry_at, updated_at = now()
  where circuit.state <> 'closed' and coalesce(circuit.retry_at, now()) <= now() + interval '1 second'
  returning true`;

const FIND = `select ${COLUMNS} from circuit where workspace_id = $1 and host = $2 and credential_id = $3 and state <> 'closed'`;

export const circuitTable: CircuitStore = {
  async listOpen(workspaceIds) {
    const { rows } = await getPool().query<StoredCircuit>({
      name: 'open-circuits',
      text: LIST_OPEN,
      values: [workspaceIds],
    });
    return rows;
  },
  async save(key, circuit, now, trial) {
    await getPool().query(SAVE, [...rowOf(key, circuit, now), trial]);
  },
  async claimTrial(key, circuit, now) {
    const { rowCount } = await getPool().query(CLAIM, rowOf(key, circuit, now));
    if (rowCount === 1) return true;
    const { rows } = await getPool().query<StoredCircuit>(FIND, [
      key.workspaceId,
      key.host,
      key.credentialId,
    ]);
    return rows[0] ?? null;
  },
};

const rowOf = (key: CircuitKey, circuit: Circuit, now: number): unknown[] => [
  key.workspaceId,
  key.host,
  key.credentialId,
  circuit.state,
  circuit.failures,
  circuit.openedAt === null ? null : (now - circuit.openedAt) / 1000,
  circuit.retryAt === null ? null : (circuit.retryAt - now) / 1000,
  circuit.lastError,
];
