import { isId } from '#lib/id.ts';
import { definitions } from '#nodes/definitions.ts';
import { type Sql, sql } from '../db.ts';
import { AppError } from '../errors.ts';
import type { ListWorkflows } from './schema.ts';

type Sort = ListWorkflows['sort'];

/** Times in ISO form. */
interface Row {
  id: string;
  name: string;
  createdAt: string;
  updatedAt: string;
}

const partsOf = (sort: Sort) => ({
  column: sort.replace('-', '') as keyof typeof COLUMNS,
  direction: sort.startsWith('-') ? ('desc' as const) : ('asc' as const),
});
const COLUMNS = {
  name: sql`w.name`,
  createdAt: sql`w.created_at`,
  updatedAt: sql`w.updated_at`,
};

/** The order of workflows `w`, in which the id decides between equals. */
export function orderOf(sort: Sort): Sql {
  const { column, direction } = partsOf(sort);
  return direction === 'asc'
    ? sql`${COLUMNS[column]} asc, w.id asc`
    : sql`${COLUMNS[column]} desc, w.id desc`;
}

/** Where the next page begins; opaque to callers. */
export function cursorAfter(sort: Sort, row: Row): string {
  const parts = [sort, row[partsOf(sort).column], row.id];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** Which workflows `w` come after a cursor in this order. Throws BAD_REQUEST for text that is no cursor, or one of another order. */
export function afterCursor(sort: Sort, cursor: string): Sql {
  const [said, text, id] = readCursor(cursor);
  const { column, direction } = partsOf(sort);
  const value = column === 'name' ? text : new Date(text);
  if (said !== sort || !isId(id) || (value instanceof Date && Number.isNaN(value.getTime())))
    throw new AppError('BAD_REQUEST', 'This cursor is not valid. Start the list anew.');
  const place = sql`(${COLUMNS[column]}, w.id)`;
  return direction === 'asc'
    ? sql`${place} > (${value}, ${id}::uuid)`
    : sql`${place} < (${value}, ${id}::uuid)`;
}

function readCursor(cursor: string): [string, string, string] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parts) && parts.length === 3) return parts.map(String) as [string, string, string];
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return ['', '', ''];
}

/** The node types by which a workflow is started in this way. */
export const typesStartedBy = (trigger: NonNullable<ListWorkflows['trigger']>): string[] => [
  ...new Set(definitions.filter(({ startedBy }) => startedBy === trigger).map(({ type }) => type)),
];
