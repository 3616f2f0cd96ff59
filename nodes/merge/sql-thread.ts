import { parentPort } from 'node:worker_threads';
import initSqlJs from 'sql.js';
import type { ThreadAnswer } from '../thread-pool.ts';
import { runSql } from './run-sql.ts';
import type { SqlAnswer, SqlWork } from './sql-work.ts';

const loading = initSqlJs();
const realNow = Date.now;

/** What runs in a thread of its own: one query after the other. SQLite reads the clock by Date.now. */
parentPort?.on('message', async (work: SqlWork) => {
  const sql = await loading;
  Date.now = () => work.now;
  const value = runSql(sql, work);
  Date.now = realNow;
  const message: ThreadAnswer<SqlAnswer> = { value };
  parentPort?.postMessage(message);
});
