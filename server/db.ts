import { createHash } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { Prisma, PrismaClient } from '#prisma/generated/client.ts';
import { env } from './env.ts';
import { log } from './log.ts';

/**
 * One pool and one Prisma client on it per process, so that rows and jobs can share a transaction. Kept on globalThis:
 * the web process loads this module twice, once bundled by Next and once by its own listener.
 */
interface Database {
  pool: pg.Pool;
  prisma: PrismaClient;
}
const home = globalThis as typeof globalThis & { linkflowDatabase?: Database };

function open(): Database {
  const pool = new pg.Pool({
    connectionString: env().DATABASE_URL,
    max: 16,
    connectionTimeoutMillis: 2_000, // a database that is away must become a 503 soon, not a hanging request
    // Plans are made once per connection, often while the tables of the hot path are still empty, and an empty table is best
    // read as a whole: that plan would stay for the next 100,000 rows. Everything we ask for has an index.
    options: '-c enable_seqscan=off',
    application_name: `linkflow-${process.env.LINKFLOW_PROCESS ?? 'tool'}`,
  });
  // without these handlers a database restart ends the process
  pool.on('error', (error) => log.warn({ error: error.message }, 'idle database connection lost'));
  pool.on('connect', (client) =>
    client.on('error', (error) => log.warn({ error: error.message }, 'database connection lost')),
  );
  return { pool, prisma: new PrismaClient({ adapter: new PrismaPg(pool) }) };
}

const database = (): Database => (home.linkflowDatabase ??= open());

export const getPool = (): pg.Pool => database().pool;
/** For queries.ts, commands.ts and named stores only. */
export const db = (): PrismaClient => database().prisma;
export type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0];

/** A part of a statement, with its values apart from its text. */
export const { sql } = Prisma;
export type Sql = Prisma.Sql;

/**
 * Straight from the driver, prepared once per connection and text: for what is asked often, making the plan costs more than
 * carrying it out. The text must depend on which filters are set only, never on their values.
 */
export async function readPrepared<Row extends pg.QueryResultRow>({
  text,
  values,
}: Prisma.Sql): Promise<Row[]> {
  let name = statements.get(text);
  if (name === undefined) statements.set(text, (name = nameOf(text)));
  return (await getPool().query<Row>({ name, text, values: values as unknown[] })).rows;
}
/** Names of statements; there are as many as there are combinations of filters. */
const statements = new Map<string, string>();
/** Of its text, and no number: both copies of this module prepare statements on the same connections. */
const nameOf = (text: string) => `read-${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;

/** Ends all connections; the process can end after it. */
export async function closeDatabase(): Promise<void> {
  const open = home.linkflowDatabase;
  delete home.linkflowDatabase;
  if (!open) return;
  await open.prisma.$disconnect();
  await open.pool.end();
}
