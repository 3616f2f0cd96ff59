import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { PAGE_BYTES } from './free-space.ts';
import { Pace } from './pace.ts';

/** What PostgreSQL keeps of a large value in one page. */
const VALUE_BYTES_IN_PAGE = 4 * 1996;
/** Pages of the table whose rows are asked for the size of their values. */
const SAMPLE = 2_000;
/** Pages that are emptied before the table is cut: at most so many, so that what is in them can be listed. */
const MAX_TAIL_PAGES = 25_000;
/** Values may land in the part that they shall leave; then they are moved again. */
const MAX_PASSES = 5;

interface Values {
  table: string;
  /** JSON columns, whose large values PostgreSQL keeps in a table beside. */
  columns: readonly string[];
}

export interface ValueSpace {
  /** The table beside, by its whole name; null: none, or this server does not show what is in it. */
  beside: string | null;
  pages: number;
  neededPages: number;
}

/**
 * How full the table is that holds the large values. Looking into it takes PostgreSQL 17 and the right to read it, which
 * superusers and members of pg_read_all_data have; without, new values fill the room, and the disk does not come back.
 */
export async function measureValues(client: pg.ClientBase, { table, columns }: Values): Promise<ValueSpace> {
  const { rows } = await client.query<{ beside: string; pages: number; main: number; readable: boolean }>(
    `select 'pg_toast.' || quote_ident(t.relname) as beside, (pg_relation_size(t.oid) / ${PAGE_BYTES})::int as pages,
       (pg_relation_size(c.oid) / ${PAGE_BYTES})::int as main,
       has_schema_privilege('pg_toast', 'usage') and has_table_privilege(t.oid, 'select')
         and current_setting('server_version_num')::int >= 170000 as readable
     from pg_class c join pg_class t on t.oid = c.reltoastrelid where c.oid = $1::regclass`,
    [table],
  );
  const { beside, pages, main, readable } = rows[0]!;
  if (!readable || pages === 0) return { beside: null, pages, neededPages: pages };
  const percent = Math.min(100, (SAMPLE / main) * 100);
  const size = columns
    .map((c) => `case when pg_column_toast_chunk_id(${c}) is null then 0 else pg_column_size(${c}) end`)
    .join(' + ');
  const { rows: found } = await client.query<{ bytes: number }>(
    `select coalesce(sum(${size}), 0)::float8 as bytes from ${table} tablesample system (${percent})`,
  );
  return {
    beside,
    pages,
    neededPages: Math.ceil((found[0]!.bytes * 100) / percent / VALUE_BYTES_IN_PAGE),
  };
}

/** Where the part begins that is emptied next: a quarter of the table at most, and not below what its values need. */
export const tailOf = ({ pages }: ValueSpace, goal: number): number =>
  Math.max(goal, Math.floor(pages * 0.75), pages - MAX_TAIL_PAGES);

/** Writes the values anew that are behind page `from` of the table beside: PostgreSQL puts them where there is room. */
export async function moveValues(
  client: pg.ClientBase,
  { table, columns }: Values,
  beside: string,
  from: number,
  goesOn: () => boolean,
): Promise<void> {
  const pace = new Pace(20);
  const isInTail = columns.map((c) => `pg_column_toast_chunk_id(${c}) = any(tail.ids)`).join(' or ');
  const anew = columns.map((c) => `${c} = ${c}::text::json`).join(', ');
  for (let pass = 0; pass < MAX_PASSES && goesOn(); pass++) {
    const { rows } = await client.query<{ ctid: string }>(
      `with tail as materialized (select array_agg(distinct chunk_id) as ids from ${beside} where ctid >= $1::tid)
       select t.ctid from tail, ${table} t where ${isInTail}`,
      [`(${from},0)`],
    );
    if (rows.length === 0) return;
    const places = rows.map(({ ctid }) => ctid);
    while (places.length > 0 && goesOn()) {
      const batch = places.splice(0, pace.rows);
      const began = performance.now();
      await client.query(
        `update ${table} set ${anew} where ctid = any(array(
           select ctid from ${table} where ctid = any($1::tid[]) for update skip locked))`,
        [batch],
      );
      await pause(pace.took(performance.now() - began, batch.length));
    }
  }
}
