import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { closeDatabase } from '#server/db.ts';
import { log } from '#server/log.ts';
import { startEmbedded } from '../../scripts/embedded.ts';
import { migrate } from '../../scripts/migrate.ts';

export interface RestartableDatabase {
  /** “Immediate”: every connection is cut, nothing is rolled back or written; the start after it recovers from the log. */
  crash(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** A PostgreSQL of one test file's own, for tests that take it away. Call in `beforeAll`. */
export async function restartableDatabase(): Promise<RestartableDatabase> {
  const dir = mkdtempSync(path.join(tmpdir(), 'linkflow-faults-'));
  chmodSync(dir, 0o755);
  process.env.LINKFLOW_DATA_DIR = dir;
  process.env.LINKFLOW_ALLOW_PRIVATE_NETWORKS = '127.0.0.0/8,::1/128';
  process.env.LINKFLOW_LOG_LEVEL = 'silent';
  log.level = 'silent'; // the outage is on purpose
  delete process.env.DATABASE_URL;
  let postgres = await startEmbedded();
  const { port } = postgres;
  await migrate();
  let pid = await postmasterPid();
  return {
    async crash() {
      process.kill(pid, 'SIGQUIT');
      await postgres.exited;
    },
    async start() {
      postgres = await startEmbedded({ port });
      pid = await postmasterPid();
    },
    async remove() {
      await closeDatabase();
      await postgres.stop();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

async function postmasterPid(): Promise<number> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ pid: string }>(
      `select split_part(pg_read_file('postmaster.pid'), E'\\n', 1) as pid`,
    );
    return Number(rows[0]!.pid);
  } finally {
    await client.end();
  }
}
