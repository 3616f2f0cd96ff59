import { getPool } from '../db.ts';
import { env } from '../env.ts';
import { AppError } from '../errors.ts';
import { columnSql, filterSql } from './filters.ts';
import type { RowFilter, Table } from './schema.ts';
import { toStored } from './values.ts';

/** The rows of a table that the caller has already found through a scope. */
type Place = Pick<Table, 'id' | 'columns'>;

export interface Row {
  id: number;
  createdAt: string;
  updatedAt: string;
  [column: string]: unknown;
}
interface StoredRow {
  id: string;
  data: Record<string, unknown>;
  created_at: Date;
  updated_at: Date;
}
const SHOWN = 'r.id, r.data, r.created_at, r.updated_at';

export interface NewRow {
  values: Readonly<Record<string, unknown>>;
  /** The same write comes once, however often it is sent. */
  writeKey?: string;
}

/** Adds rows, all or none, in one statement. Throws BAD_REQUEST for a value that does not fit, CONFLICT for a table that is full. */
export async function insertRows(table: Place, rows: readonly NewRow[]): Promise<Row[]> {
  const data = rows.map(({ values }) => JSON.stringify(toStored(table.columns, values)));
  const keys = rows.map(({ writeKey }) => writeKey ?? null);
  const { rows: stored } = await getPool().query<StoredRow & { n: string }>(INSERT, [
    table.id,
    data,
    keys,
    env().LINKFLOW_MAX_TABLE_ROWS,
  ]);
  if (stored.length < rows.length)
    throw new AppError('CONFLICT', 'The table is full. Delete rows first, or use another table.');
  return stored.map((row) => toRow(table, row));
}

/** The count is changed first: its row lock makes the limit exact. */
const INSERT = `
with i as materialized (
  select * from unnest($2::text[], $3::text[]) with ordinality as t(data, write_key, n)
), known as (
  select i.n, ${SHOWN} from i join data_row r on r.table_id = $1::uuid and r.write_key = i.write_key
), room as (
  update data_table set row_count = row_count + (select count(*) from i where n not in (select n from known)), updated_at = now()
  where id = $1::uuid and row_count + (select count(*) from i where n not in (select n from known)) <= $4::int returning id
), added as (
  insert into data_row as r (table_id, data, write_key)
  select room.id, i.data::jsonb, i.write_key from i, room where n not in (select n from known) order by n
  returning ${SHOWN}, r.write_key
), numbered as (
  select *, row_number() over (order by id) as place from added
), wanted as (
  select n, row_number() over (order by n) as place from i where n not in (select n from known)
)
select n, id, data, created_at, updated_at from known
union all select w.n, a.id, a.data, a.created_at, a.updated_at from numbered a join wanted w using (place)
order by n`;

export interface RowOrder {
  limit: number;
  /** Default: by id. */
  orderBy?: string;
  descending?: boolean;
  /** Only rows with a larger id; with a smaller one if `descending`. */
  after?: number;
}

export async function selectRows(table: Place, filter: RowFilter, order: RowOrder): Promise<Row[]> {
  const values: unknown[] = [table.id];
  const where = filterSql(table.columns, filter, values);
  const beyond = order.descending ? '<' : '>';
  const after = order.after === undefined ? '' : `and r.id ${beyond} $${values.push(order.after)}::bigint`;
  const direction = order.descending ? 'desc' : 'asc';
  // by id alone without a word about nulls: then the index gives the order, in both directions
  const by = order.orderBy
    ? `${columnSql(table.columns, order.orderBy, values).sql} ${direction} nulls last, r.id`
    : `r.id ${direction}`;
  const { rows } = await getPool().query<StoredRow>(
    `select ${SHOWN} from data_row r where r.table_id = $1 and ${where} ${after}
     order by ${by} limit $${values.push(order.limit)}::int`,
    values,
  );
  return rows.map((row) => toRow(table, row));
}

/** Changes these columns of all rows that match; gives the rows as they are now. */
export async function updateRows(
  table: Place,
  filter: RowFilter,
  values: Readonly<Record<string, unknown>>,
): Promise<Row[]> {
  const bound: unknown[] = [table.id, JSON.stringify(toStored(table.columns, values))];
  const where = filterSql(table.columns, filter, bound);
  const { rows } = await getPool().query<StoredRow>(
    `with changed as (
       update data_row r set data = r.data || $2::jsonb, updated_at = now() where r.table_id = $1 and ${where} returning ${SHOWN}
     ), t as (update data_table set updated_at = now() where id = $1 and exists (select 1 from changed))
     select * from changed order by id`,
    bound,
  );
  return rows.map((row) => toRow(table, row));
}

export async function deleteRows(table: Place, filter: RowFilter): Promise<Row[]> {
  const bound: unknown[] = [table.id];
  const where = filterSql(table.columns, filter, bound);
  const { rows } = await getPool().query<StoredRow>(
    `with gone as (delete from data_row r where r.table_id = $1 and ${where} returning ${SHOWN}),
     t as (update data_table set row_count = row_count - (select count(*) from gone), updated_at = now()
       where id = $1 and exists (select 1 from gone))
     select * from gone order by id`,
    bound,
  );
  return rows.map((row) => toRow(table, row));
}

/** Columns that the table no longer has stay out of sight; those that a row lacks are null. */
function toRow(table: Place, { id, data, created_at, updated_at }: StoredRow): Row {
  const values = Object.fromEntries(table.columns.map(({ name }) => [name, data[name] ?? null]));
  return {
    id: Number(id),
    ...values,
    createdAt: created_at.toISOString(),
    updatedAt: updated_at.toISOString(),
  };
}
