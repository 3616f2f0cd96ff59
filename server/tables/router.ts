import { z } from 'zod';
import { router, workspaceProcedure } from '../trpc/init.ts';
import { addRows, createTable, deleteTable, removeRows, updateRow, updateTable } from './commands.ts';
import { getTable, listRows, listTables } from './queries.ts';
import {
  addRowsSchema,
  createTableSchema,
  deleteRowsSchema,
  listRowsSchema,
  rowPageSchema,
  rowSchema,
  tableSchema,
  updateRowSchema,
  updateTableSchema,
} from './schema.ts';

const tag = 'Tables';
const byId = z.object({ id: z.uuid() });

export const tablesRouter = router({
  list: workspaceProcedure('tables:read')
    .meta({ rest: { method: 'GET', path: '/tables', summary: 'Tables of the workspace', tag } })
    .output(z.object({ data: z.array(tableSchema), nextCursor: z.null() }))
    .query(async ({ ctx }) => ({ data: await listTables(ctx.scope), nextCursor: null })),
  get: workspaceProcedure('tables:read')
    .meta({ rest: { method: 'GET', path: '/tables/{id}', summary: 'One table', tag } })
    .input(byId)
    .output(tableSchema)
    .query(({ ctx, input }) => getTable(ctx.scope, input.id)),
  create: workspaceProcedure('tables:write')
    .meta({ rest: { method: 'POST', path: '/tables', summary: 'Create a table', tag } })
    .input(createTableSchema)
    .output(tableSchema)
    .mutation(({ ctx, input }) => createTable(ctx.scope, input)),
  update: workspaceProcedure('tables:write')
    .meta({
      rest: { method: 'PATCH', path: '/tables/{id}', summary: 'Rename a table, add or remove columns', tag },
    })
    .input(updateTableSchema)
    .output(tableSchema)
    .mutation(({ ctx, input }) => updateTable(ctx.scope, input)),
  delete: workspaceProcedure('tables:write')
    .meta({ rest: { method: 'DELETE', path: '/tables/{id}', summary: 'Delete a table with its rows', tag } })
    .input(byId)
    .mutation(({ ctx, input }) => deleteTable(ctx.scope, input.id)),
  rows: workspaceProcedure('tables:read')
    .meta({ rest: { method: 'GET', path: '/tables/{id}/rows', summary: 'Rows of a table', tag } })
    .input(listRowsSchema)
    .output(rowPageSchema)
    .query(({ ctx, input }) => listRows(ctx.scope, input)),
  addRows: workspaceProcedure('tables:write')
    .meta({ rest: { method: 'POST', path: '/tables/{id}/rows', summary: 'Add rows', tag } })
    .input(addRowsSchema)
    .output(z.array(rowSchema))
    .mutation(({ ctx, input }) => addRows(ctx.scope, input)),
  updateRow: workspaceProcedure('tables:write')
    .meta({ rest: { method: 'PATCH', path: '/tables/{id}/rows/{rowId}', summary: 'Change a row', tag } })
    .input(updateRowSchema)
    .output(rowSchema)
    .mutation(({ ctx, input }) => updateRow(ctx.scope, input)),
  deleteRows: workspaceProcedure('tables:write')
    .meta({ rest: { method: 'POST', path: '/tables/{id}/rows/delete', summary: 'Delete rows', tag } })
    .input(deleteRowsSchema)
    .output(z.object({ deleted: z.number() }))
    .mutation(({ ctx, input }) => removeRows(ctx.scope, input)),
});
