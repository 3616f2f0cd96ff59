import type pg from 'pg';
import { log } from '../log.ts';
import { measureIndexes, measureTable, PAGE_BYTES, type TableSpace } from './free-space.ts';
import { moveRows } from './move-rows.ts';
import { measureValues, moveValues, tailOf } from './move-values.ts';
import { inTurn } from './turn.ts';

/** With a small column that is set to what it is, which moves the row, and the columns with values that may be large. */
const TABLES = {
  execution: { column: 'mode', values: ['trigger', 'error'] },
  journal_chunk: { column: 'last_seq', values: ['events'] },
} as const;
type Table = keyof typeof TABLES;

const TURN_MS = 10 * 60_000;
/** Less than this is not worth the work: new rows will fill it. */
const MIN_FREE = 0.3;
const MIN_FREE_BYTES = 16 * 1024 * 1024;
const MIN_INDEX_BYTES = 8 * 1024 * 1024;
/** Rows are left this much room, or the last of them would find none. */
const SPARE = 1.1;
/** PostgreSQL does not care to cut off less than this, or than a sixteenth. */
const MIN_CUT_PAGES = 1_000;

/** The job: gives back what large deletions left empty, without a lock that anybody waits for. */
export async function compactTables(_payload: object, signal?: AbortSignal): Promise<void> {
  const until = performance.now() + TURN_MS;
  await inTurn(async (client) => {
    for (const table of Object.keys(TABLES) as Table[])
      await compactTable(client, table, () => performance.now() < until && !signal?.aborted);
  }, signal);
}

/**
 * Moves the rows of the last pages, and then the large values that are kept beside them, to where there is room in front,
 * and cuts the empty ends off. Each of both only with more than 30 % free, and more than `minFreeBytes`. Resolves to the
 * bytes that all of it has become smaller by.
 */
export async function compactTable(
  client: pg.ClientBase,
  table: Table,
  goesOn: () => boolean,
  { minFreeBytes = MIN_FREE_BYTES, minIndexBytes = MIN_INDEX_BYTES } = {},
): Promise<number> {
  const isWorthIt = ({ pages, neededPages }: TableSpace) =>
    pages - neededPages > MIN_FREE * pages && (pages - neededPages) * PAGE_BYTES > minFreeBytes;
  const before = await sizeOf(client, table);
  const rows = isWorthIt(await measureTable(client, table));
  const values = { table, columns: TABLES[table].values };
  if (!rows && !isWorthIt(await measureValues(client, values))) return 0;
  await vacuum(client, table); // now the room in front is known
  if (rows) {
    await rebuildIndexes(client, table, goesOn, minIndexBytes);
    await shrink(client, table, goesOn, {
      measure: () => measureTable(client, table),
      endOf: ({ pages }, goal) => Math.max(goal, Math.floor(pages * 0.75)),
      empty: ({ pages }, from) =>
        moveRows(client, { table, column: TABLES[table].column, from, pages }, goesOn),
    });
    await rebuildIndexes(client, table, goesOn, minIndexBytes);
  }
  if (isWorthIt(await measureValues(client, values)))
    await shrink(client, table, goesOn, {
      measure: () => measureValues(client, values),
      endOf: tailOf,
      empty: ({ beside }, from) => moveValues(client, values, beside!, from, goesOn),
    });
  const freed = before - (await sizeOf(client, table));
  log.info({ table, megabytes: Math.round(freed / 1024 / 1024) }, 'disk space was given back');
  return freed;
}

interface Shrinking<Space extends TableSpace> {
  measure(): Promise<Space>;
  /** Where the part begins that is emptied next: not all at once, for what is moved must rather find room in front than there. */
  endOf(space: Space, goal: number): number;
  empty(space: Space, from: number): Promise<void>;
}

/** Empties the end and cuts it off, again and again, until little is free. */
async function shrink<Space extends TableSpace>(
  client: pg.ClientBase,
  table: Table,
  goesOn: () => boolean,
  { measure, endOf, empty }: Shrinking<Space>,
): Promise<void> {
  let space = await measure();
  while (goesOn()) {
    const { pages, neededPages } = space;
    const end = endOf(space, Math.ceil(neededPages * SPARE) + 1);
    if (pages - end < Math.min(pages / 16, MIN_CUT_PAGES)) return;
    await empty(space, end);
    await vacuum(client, table);
    space = await measure();
    if (space.pages >= pages) return; // somebody still sees the old places: next time
  }
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
