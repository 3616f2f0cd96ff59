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
    // Times in JSON are written in the zone of the connection (time-text.ts).
    options: '-c enable_seqscan=off -c timezone=UTC',
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

/** What a list has of each row, by what it is made of; put together once, since it is most of a statement's text. */
export interface Columns<Row> {
  names: readonly (keyof Row & string)[];
  made: Sql;
  lists: Sql;
}

/** Without values: those belong to the rest of the statement. */
export function columnsOf<Row extends object>(
  from: {
    readonly [Name in keyof Row & string]: Sql;
  },
): Columns<Row> {
  const names = Object.keys(from) as (keyof Row & string)[];
  const textOf = (one: (name: keyof Row & string, quoted: string) => string) =>
    Prisma.raw(names.map((name) => one(name, pg.escapeIdentifier(name))).join(', '));
  return {
    names,
    made: textOf((name, quoted) => `${from[name].sql} as ${quoted}`),
    lists: textOf((_name, quoted) => `json_agg(r.${quoted}) as ${quoted}`),
  };
}

/** Many rows, column by column: row `i` has `lists.name[i]`. */
export interface Columnar<Row> {
  count: number;
  lists: { readonly [Name in keyof Row]: readonly Row[Name][] };
}

/**
 * `readPrepared` for many rows: the database sends each column as one JSON list, which costs both sides a third of what
 * rows do one by one. `from` is the rest of the statement. Times are text then (time-text.ts).
 */
export async function readColumns<Row extends object>(
  { names, made, lists }: Columns<Row>,
  from: Sql,
): Promise<Columnar<Row>> {
  const [answer] = await readPrepared<Columnar<Row>['lists']>(
    sql`select ${lists} from (select ${made} ${from}) r`,
  );
  return { count: answer![names[0]!]?.length ?? 0, lists: answer! }; // of no row at all there are no lists
}

/**
 * `limit` for statements that are prepared: at least this many rows, so cut what is read. As a value, PostgreSQL would take
 * it for a tenth of the table and rather make a new plan at each call, which costs as much as carrying it out. In steps, so
 * that there are few texts.
 */
export function limitTo(rows: number): Sql {
  const step = LIMITS.find((limit) => limit >= rows);
  if (step === undefined) throw new RangeError(`A page has ${LIMITS.at(-1)! - 1} rows at most, not ${rows}.`);
  return Prisma.raw(`limit ${step}`);
}
/** Pages of 10, 25, 50 and 100, and one more row, which says whether there is another page. */
const LIMITS = [11, 26, 51, 101];

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
