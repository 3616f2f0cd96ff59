import { NodeError } from '#engine/errors.ts';
import type { TableDoor } from '#engine/node.ts';
import { isId } from '#lib/id.ts';
import { AppError } from '../errors.ts';
import { patiently } from '../outage.ts';
import type { WorkspaceScope } from '../scope.ts';
import { findTable } from './queries.ts';
import { deleteRows, insertRows, selectRows, updateRows } from './rows.ts';
import type { Table } from './schema.ts';

/** The tables of a workspace for the nodes of one execution. */
export function openTables(scope: WorkspaceScope): TableDoor {
  const at = <T>(table: string, work: (table: Table) => Promise<T>): Promise<T> =>
    patiently(async () => work(await find(scope, table))).catch(asNodeError);
  return {
    columns: (table) => at(table, async ({ columns }) => columns),
    insert: (table, rows) =>
      at(table, (found) =>
        insertRows(
          found,
          rows.map(({ values, key }) => ({ values, writeKey: key })),
        ),
      ),
    select: (table, filter, order) => at(table, (found) => selectRows(found, filter, order)),
    update: (table, filter, values) => at(table, (found) => updateRows(found, filter, values)),
    delete: (table, filter) => at(table, (found) => deleteRows(found, filter)),
  };
}

async function find(scope: WorkspaceScope, table: string): Promise<Table> {
  const found = await findTable(scope, isId(table) ? { id: table } : { name: table });
  if (found) return found;
  throw new NodeError('config', `There is no table “${table.slice(0, 200)}” in this workspace.`, {
    field: 'table',
  });
}

function asNodeError(error: unknown): never {
  if (error instanceof AppError && error.code === 'CONFLICT')
    throw new NodeError('limit', error.message, { retryable: false });
  throw error instanceof AppError ? new NodeError('config', error.message) : error;
}
