import type pg from 'pg';
import { counts } from '../usage/policy.ts';
import type { NewExecution } from './accept.ts';
import { toJsonb } from './json.ts';

export interface ExecutionRow extends NewExecution {
  id: string;
}

/** What became of one row; see prisma/functions/accept_executions.sql. */
export interface Outcome {
  outcome: 'started' | 'repeated' | 'over-plan' | 'over-budget' | 'no-period';
  /** Of what is over a limit: when the workspace's month of usage ends. */
  until: Date | null;
}

/** One statement for all of them, within the transaction of `client` if it has one. One outcome per row, in order. */
export async function insertExecutions(
  client: Pick<pg.Pool, 'query'>,
  rows: readonly ExecutionRow[],
): Promise<Outcome[]> {
  const columns = [
    rows.map((r) => r.id),
    rows.map((r) => r.workspaceId),
    rows.map((r) => r.workflowId),
    rows.map((r) => r.versionId),
    rows.map((r) => r.mode),
    rows.map((r) => toJsonb(r.trigger)),
    rows.map((r) => r.deliveryKey ?? null),
    rows.map((r) => r.parentId ?? null),
    rows.map((r) => r.retryOfId ?? null),
    rows.map((r) => r.history?.at(-1)?.seq ?? 0),
    rows.map((r) => (r.history?.length ? toJsonb(r.history) : null)),
    rows.map((r) => r.awaited === true || r.mode === 'manual'),
    rows.map((r) => counts(r.mode)),
    rows.map((r) => r.startedById ?? null),
  ];
  const { rows: outcomes } = await client.query<Outcome>({ name: 'accept', text: ACCEPT, values: columns });
  return outcomes;
}

const ACCEPT = `select outcome, until from accept_executions(
  $1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::uuid[], $9::uuid[], $10::int[], $11::text[],
  $12::bool[], $13::bool[], $14::uuid[])`;
