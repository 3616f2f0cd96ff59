import { newId } from '#lib/id.ts';
import { audit } from '../audit/store.ts';
import { db, type Transaction } from '../db.ts';
import { AppError, notFound } from '../errors.ts';
import type { WorkspaceScope } from '../scope.ts';
import { getTable, shownOfTable, toTable } from './queries.ts';
import { deleteRows, insertRows, type Row, updateRows } from './rows.ts';
import type { Table, TableColumn } from './schema.ts';

export async function createTable(
  scope: WorkspaceScope,
  { name, columns }: { name: string; columns: TableColumn[] },
): Promise<Table> {
  const { workspaceId } = scope;
  return db().$transaction(async (tx) => {
    await assertNameIsFree(tx, workspaceId, name);
    const row = await tx.dataTable.create({
      data: { id: newId(), workspaceId, name, columns },
      select: shownOfTable,
    });
    await audit(tx, scope, { action: 'table.create', subjectId: row.id, after: { name, columns } });
    return toTable(row);
  });
}

/** A column that goes takes its values with it; one that stays keeps its type. Throws NOT_FOUND, CONFLICT, BAD_REQUEST. */
export async function updateTable(
  scope: WorkspaceScope,
  { id, name, columns }: { id: string; name?: string; columns?: TableColumn[] },
): Promise<Table> {
  const { workspaceId } = scope;
  return db().$transaction(async (tx) => {
    const found = await tx.dataTable.findFirst({ where: { id, workspaceId }, select: shownOfTable });
    if (!found) throw notFound('table');
    const before = toTable(found);
    if (name !== undefined && name !== before.name) await assertNameIsFree(tx, workspaceId, name);
    if (columns) {
      assertTypesStay(before.columns, columns);
      const gone = before.columns.filter(({ name }) => !columns.some((column) => column.name === name));
      if (gone.length > 0)
        await tx.$executeRaw`update data_row set data = data - ${gone.map((column) => column.name)}::text[] where table_id = ${id}::uuid`;
    }
    const row = await tx.dataTable.update({
      where: { id },
      data: { name, columns, updatedAt: new Date() },
      select: shownOfTable,
    });
    await audit(tx, scope, {
      action: 'table.update',
      subjectId: id,
      before: { name: before.name, columns: before.columns },
      after: { name: row.name, columns: row.columns },
    });
    return toTable(row);
  });
}

export async function deleteTable(scope: WorkspaceScope, id: string): Promise<void> {
  await db().$transaction(async (tx) => {
    const table = await tx.dataTable.findFirst({
      where: { id, workspaceId: scope.workspaceId },
      select: { name: true, rowCount: true },
    });
    if (!table) throw notFound('table');
    await tx.dataTable.delete({ where: { id } });
    await audit(tx, scope, { action: 'table.delete', subjectId: id, before: table });
  });
}

export async function addRows(
  scope: WorkspaceScope,
  { id, rows }: { id: string; rows: Record<string, unknown>[] },
): Promise<Row[]> {
  return insertRows(
    await getTable(scope, id),
    rows.map((values) => ({ values })),
  );
}

export async function updateRow(
  scope: WorkspaceScope,
  { id, rowId, values }: { id: string; rowId: number; values: Record<string, unknown> },
): Promise<Row> {
  const [row] = await updateRows(await getTable(scope, id), byId('eq', rowId), values);
  if (!row) throw notFound('row');
  return row;
}

export async function removeRows(
  scope: WorkspaceScope,
  { id, rowIds }: { id: string; rowIds: number[] },
): Promise<{ deleted: number }> {
  const table = await getTable(scope, id);
  const filter = {
    match: 'any' as const,
    conditions: rowIds.map((value) => ({ column: 'id', operator: 'eq' as const, value })),
  };
  return { deleted: (await deleteRows(table, filter)).length };
}

const byId = (operator: 'eq', value: number) => ({
  match: 'all' as const,
  conditions: [{ column: 'id', operator, value }],
});

async function assertNameIsFree(tx: Transaction, workspaceId: string, name: string): Promise<void> {
  const taken = await tx.dataTable.findFirst({ where: { workspaceId, name }, select: { id: true } });
  if (taken) throw new AppError('CONFLICT', `There is a table “${name}” already.`);
}

function assertTypesStay(before: readonly TableColumn[], after: readonly TableColumn[]): void {
  for (const { name, type } of after) {
    const known = before.find((column) => column.name === name);
    if (known && known.type !== type)
      throw new AppError('BAD_REQUEST', `The column “${name}” is a ${known.type} and stays one.`);
  }
}
