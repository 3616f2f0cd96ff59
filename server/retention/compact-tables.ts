import type pg from 'pg';
import { log } from '../log.ts';
import { measureIndexes, measureTable, PAGE_BYTES, type TableSpace } from './free-space.ts';
import { moveRows } from './move-rows.ts';
import { inTurn } from './turn.ts';

/** With a small column that is set to what it is, which moves the row. */
const TABLES = { execution: 'mode', journal_chunk: 'last_seq' } as const;
type Table = keyof typeof TABLES;

const TURN_MS = 10 * 60_000;
/** Less than this is not worth the work: new rows will fill it. */
const MIN_FREE = 0.3;
const MIN_FREE_BYTES = 16 * 1024 * 1024;
const MIN_INDEX_BYTES = 8 * 1024 * 1024;
/** Rows are left this much room, or the last of them would find none. */
const SPARE = 1.1;

/** The job: gives back what large deletions left empty, without a lock that anybody waits for. */
export async function compactTables(_payload: object, signal?: AbortSignal): Promise<void> {
  const until = performance.now() + TURN_MS;
  await inTurn(async (client) => {
    for (const table of Object.keys(TABLES) as Table[])
      await compactTable(client, table, () => performance.now() < until && !signal?.aborted);
  }, signal);
}

/**
 * Moves the rows of the last pages to where there is room in front, and cuts the empty end off. Does nothing for a table
 * with less than 30 % free, and for fewer than `minFreeBytes` of it. Resolves to the bytes that the table and its indexes
 * have become smaller by.
 */
export async function compactTable(
  client: pg.ClientBase,
  table: Table,
  goesOn: () => boolean,
  { minFreeBytes = MIN_FREE_BYTES, minIndexBytes = MIN_INDEX_BYTES } = {},
): Promise<number> {
  const isWorthIt = ({ pages, neededPages }: TableSpace) =>
    pages - neededPages > MIN_FREE * pages && (pages - neededPages) * PAGE_BYTES > minFreeBytes;
  if (!isWorthIt(await measureTable(client, table))) return 0;
  const before = await sizeOf(client, table);
  await vacuum(client, table); // now the room in front is known
  await rebuildIndexes(client, table, goesOn, minIndexBytes);
  while (goesOn()) {
    const { pages, neededPages } = await measureTable(client, table);
    const goal = Math.ceil(neededPages * SPARE) + 1;
    // not all at once: rows must rather find room in front than in the part that they have to leave
    const end = Math.max(goal, Math.floor(pages * 0.75));
    if (pages - end < pages / 16) break; // PostgreSQL cuts off no less
    await moveRows(client, { table, column: TABLES[table], from: end, pages }, goesOn);
    await vacuum(client, table);
    if ((await measureTable(client, table)).pages >= pages) break; // somebody still sees the old rows: next time
  }
  await rebuildIndexes(client, table, goesOn, minIndexBytes);
  const freed = before - (await sizeOf(client, table));
  log.info({ table, megabytes: Math.round(freed / 1024 / 1024) }, 'disk space was given back');
  return freed;
}

/** Also cuts the empty end off: its lock is tried for a moment, and given up as soon as somebody waits. */
const vacuum = (client: pg.ClientBase, table: Table) =>
  client.query(`vacuum (index_cleanup on, truncate on) ${table}`);

/** Those of which more than half is empty. */
async function rebuildIndexes(
  client: pg.ClientBase,
  table: Table,
  goesOn: () => boolean,
  minBytes: number,
): Promise<void> {
  await dropUnfinished(client, table);
  for (const { name, bytes, neededBytes } of await measureIndexes(client, table)) {
    if (bytes < minBytes || neededBytes > bytes / 2 || !goesOn()) continue;
    await client.query(`reindex index concurrently ${name}`);
  }
}

/** What a rebuild leaves behind that was broken off. */
async function dropUnfinished(client: pg.ClientBase, table: Table): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select i.indexrelid::regclass::text as name from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid = $1::regclass and not i.indisvalid and c.relname ~ '_cc(new|old)[0-9]*$'`,
    [table],
  );
  for (const { name } of rows) await client.query(`drop index concurrently ${name}`);
}

async function sizeOf(client: pg.ClientBase, table: Table): Promise<number> {
  const { rows } = await client.query<{ bytes: number }>(
    'select pg_total_relation_size($1::regclass)::float8 as bytes',
    [table],
  );
  return rows[0]!.bytes;
}
