import { isId } from '#lib/id.ts';
import { db } from '../db.ts';
import { notFound } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { selectRows } from './rows.ts';
import type { RowFilter, Table, TableColumn } from './schema.ts';

const MAX_TABLES = 500;
export const shownOfTable = {
  id: true,
  name: true,
  columns: true,
  rowCount: true,
  createdAt: true,
  updatedAt: true,
} as const;

export async function listTables(scope: WorkspaceScope): Promise<Table[]> {
  const rows = await db().dataTable.findMany({
    where: { workspaceId: scope.workspaceId },
    orderBy: { name: 'asc' },
    take: MAX_TABLES,
    select: shownOfTable,
  });
  return rows.map(toTable);
}

export async function getTable(scope: WorkspaceScope, id: string): Promise<Table> {
  const table = isId(id) ? await findTable(scope, { id }) : null;
  if (!table) throw notFound('table');
  return table;
}

/** By its id, or by its name. */
export async function findTable(
  { workspaceId }: WorkspaceScope,
  which: { id: string } | { name: string },
): Promise<Table | null> {
  const row = await db().dataTable.findFirst({ where: { workspaceId, ...which }, select: shownOfTable });
  return row && toTable(row);
}

/** A page of rows, by their ids. */
export async function listRows(
  scope: WorkspaceScope,
  input: { id: string; filter: RowFilter; limit: number; order: 'oldest' | 'newest'; cursor?: number },
) {
  const table = await getTable(scope, input.id);
  const rows = await selectRows(table, input.filter, {
    limit: input.limit + 1,
    descending: input.order === 'newest',
    after: input.cursor,
  });
  const data = rows.slice(0, input.limit);
  return { data, nextCursor: rows.length > input.limit ? data.at(-1)!.id : null };
}

export const toTable = (row: Omit<Table, 'columns'> & { columns: unknown }): Table => ({
  ...row,
  columns: row.columns as TableColumn[],
});
