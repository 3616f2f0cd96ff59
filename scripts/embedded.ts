import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { freePort, POSTGRES_USER, type RunningPostgres, startPostgres } from './postgres.ts';

/** Secrets of an embedded set-up, made once and kept in the data folder, readable by its owner only. */
interface Secrets {
  masterKey: string;
  databasePassword: string;
}

export const dataDir = (): string => path.resolve(process.env.LINKFLOW_DATA_DIR || '.linkflow');

function secretsIn(dir: string): Secrets {
  mkdirSync(dir, { recursive: true });
  const file = path.join(dir, 'secrets.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Secrets;
  const secrets = {
    masterKey: randomBytes(32).toString('hex'),
    databasePassword: randomBytes(24).toString('base64url'),
  };
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return secrets;
}

/** Starts (or takes over) the embedded database and sets DATABASE_URL and LINKFLOW_MASTER_KEY for this process and its children. */
export async function startEmbedded({
  port,
  settings,
}: {
  port?: number | undefined;
  settings?: Record<string, string>;
} = {}): Promise<RunningPostgres> {
  const dir = dataDir();
  const secrets = secretsIn(dir);
  const postgres = await startPostgres({
    dataDir: path.join(dir, 'postgres'),
    port: port ?? (await freePort()),
    password: secrets.databasePassword,
    ...(settings ? { settings } : {}),
  });
  const { port: portInUse, socketDir } = postgres;
  const base = `postgresql://${POSTGRES_USER}:${secrets.databasePassword}@127.0.0.1:${portInUse}`;
  const place = socketDir === null ? '' : `?${new URLSearchParams({ host: socketDir })}`;
  await createDatabase(`${base}/postgres${place}`, 'linkflow');
  process.env.DATABASE_URL = `${base}/linkflow${place}`;
  process.env.LINKFLOW_MASTER_KEY ||= secrets.masterKey;
  return postgres;
}

async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** Runs something that needs the database: the configured one, or the embedded one, started for it if nobody else runs it. */
export async function withDatabase<T>(work: () => Promise<T>): Promise<T> {
  const { closeDatabase } = await import('#server/db.ts');
  const { migrate } = await import('./migrate.ts');
  const postgres = process.env.DATABASE_URL ? null : await startEmbedded();
  try {
    await migrate();
    return await work();
  } finally {
    await closeDatabase();
    if (postgres?.started) await postgres.stop();
  }
}
