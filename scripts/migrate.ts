import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Logger, makeWorkerUtils } from 'graphile-worker';
import pg from 'pg';

const root = path.resolve(import.meta.dirname, '..');

/** Runs the Prisma command line; gives what it printed, throws with it when it fails. */
export function prisma(args: string[]): string {
  const result = spawnSync(process.execPath, [path.join(root, 'scripts/prisma.mjs'), ...args], {
    cwd: root,
    encoding: 'utf8',
    env: process.env,
  });
  if (result.status !== 0)
    throw new Error(`prisma ${args.join(' ')} failed:\n${result.stdout}${result.stderr}`);
  return result.stdout;
}

/** Brings the database to the newest schema, ours and the queue's. Does next to nothing when it already is. */
export async function migrate(): Promise<void> {
  const connectionString = process.env.DATABASE_URL!;
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    if (await isBehind(client)) prisma(['migrate', 'deploy']);
    await client.query(`select pg_advisory_lock(hashtext('linkflow:functions'))`); // two at once would trip over each other
    for (const sql of functions()) await client.query(sql);
    const utils = await makeWorkerUtils({ connectionString, logger: quiet });
    await utils.migrate();
    await utils.release();
    // without statistics the plans inside add_jobs degrade while the table fills (docs/decisions/0003)
    await client.query('analyze graphile_worker._private_jobs');
  } finally {
    await client.end();
  }
}

async function isBehind(client: pg.Client): Promise<boolean> {
  const wanted = readdirSync(path.join(root, 'prisma/migrations')).filter((name) => /^\d+_/.test(name));
  const { rows: known } = await client.query<{ exists: boolean }>(
    `select to_regclass('public._prisma_migrations') is not null as exists`,
  );
  if (!known[0]?.exists) return true;
  const { rows } = await client.query<{ migration_name: string }>(
    'select migration_name from _prisma_migrations where finished_at is not null',
  );
  const done = new Set(rows.map((row) => row.migration_name));
  return wanted.some((name) => !done.has(name));
}

/** Functions are replaced as a whole every time: what a function does belongs in one file, not in the history of migrations. */
const functions = (): string[] => {
  const folder = path.join(root, 'prisma/functions');
  return readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'));
};

const quiet = new Logger(() => () => undefined);
