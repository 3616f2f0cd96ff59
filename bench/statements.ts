import pg from 'pg';
import { activate } from './api.ts';
import { warm } from './context.ts';
import { drained } from './executions.ts';
import { post } from './load.ts';
import { startApart } from './product.ts';
import { setIfSet } from './workflows.ts';

const EXECUTIONS = 20_000;
const TOP = 15;

interface Row {
  calls: number;
  ms: number;
  rows: number;
  blocks: number;
  wal: number;
  query: string;
}

/** Loads the product and prints in which statements PostgreSQL spent its time, by pg_stat_statements. */
export async function profileStatements(): Promise<void> {
  const product = await startApart([], { shared_preload_libraries: 'pg_stat_statements' });
  const client = new pg.Client({ connectionString: product.databaseUrl });
  await client.connect();
  try {
    await client.query('create extension pg_stat_statements');
    await product.startWorker();
    await warm(product);
    const hook = await activate(product.api, setIfSet());
    await client.query('select pg_stat_statements_reset()');
    await post(hook.url, 50, { amount: EXECUTIONS });
    await drained(product.url);
    const { rows } = await client.query<Row>(
      `select calls::int, total_exec_time + total_plan_time as ms, rows::int, (shared_blks_hit + shared_blks_read)::int as blocks,
         wal_bytes::float8 as wal, regexp_replace(query, '\\s+', ' ', 'g') as query
       from pg_stat_statements order by ms desc limit ${TOP}`,
    );
    print(rows);
  } finally {
    await client.end();
    await product.stop();
  }
}

function print(rows: Row[]): void {
  console.log(`\nfor ${EXECUTIONS} executions: time, calls, rows, 8 kB blocks per call, WAL, statement`);
  for (const { ms, calls, rows: given, blocks, wal, query } of rows)
    console.log(
      `${ms.toFixed(0).padStart(7)} ms ${String(calls).padStart(7)} × ${(ms / calls).toFixed(2).padStart(7)} ms ${String(given).padStart(7)} ${(blocks / calls).toFixed(0).padStart(7)} ${(wal / 1e6).toFixed(1).padStart(6)} MB  ${query.slice(0, 90)}`,
    );
}
