import type pg from 'pg';

export const PAGE_BYTES = 8192;
/** A page has a header, and is never filled to the last byte. */
const ROOM_IN_PAGE = 8000;
/** Of a row: its header and pointer, and what alignment costs on the average. */
const ROW_OVERHEAD = 36;
/** Pages that are looked at: more make the estimate better than it has to be. */
const SAMPLE = 400;

export interface TableSpace {
  pages: number;
  /** What the rows that are there would fill; by a sample of the pages, within a few per cent. */
  neededPages: number;
}

/** How full a table is. Reads some pages of it, and takes no lock that anybody would wait for. */
export async function measureTable(client: pg.ClientBase, table: string): Promise<TableSpace> {
  const { rows: info } = await client.query<{ pages: number; columns: string[] }>(
    `select (pg_relation_size(c.oid) / ${PAGE_BYTES})::int as pages, array_agg(quote_ident(a.attname)) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.oid = $1::regclass group by c.oid`,
    [table],
  );
  const { pages, columns } = info[0]!;
  if (pages === 0) return { pages, neededPages: 0 };
  const percent = Math.min(100, (SAMPLE / pages) * 100);
  // of each column, what it takes in the row: what is stored outside of it counts as the reference
  const size = columns.map((column) => `coalesce(pg_column_size(${column}), 0)`).join(' + ');
  const { rows } = await client.query<{ bytes: number }>(
    `select coalesce(sum(${size} + ${ROW_OVERHEAD}), 0)::float8 as bytes from ${table} tablesample system (${percent})`,
  );
  return { pages, neededPages: Math.ceil((rows[0]!.bytes * 100) / percent / ROOM_IN_PAGE) };
}

export interface IndexSpace {
  name: string;
  bytes: number;
  neededBytes: number;
}

/** How full the indexes of a table are, by the rows that the last vacuum counted. Unfinished ones are not among them. */
export async function measureIndexes(client: pg.ClientBase, table: string): Promise<IndexSpace[]> {
  // an entry has a header and a pointer, and pages of an index are filled to 90 %
  const { rows } = await client.query<IndexSpace>(
    `select i.indexrelid::regclass::text as name, pg_relation_size(i.indexrelid)::float8 as bytes,
       greatest(c.reltuples, 0) * (12 + (select sum(case when a.attlen > 0 then a.attlen else 32 end) from pg_attribute a
         where a.attrelid = i.indexrelid)) / 0.9 as "neededBytes"
     from pg_index i join pg_class c on c.oid = i.indexrelid where i.indrelid = $1::regclass and i.indisvalid`,
    [table],
  );
  return rows;
}
