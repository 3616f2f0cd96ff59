import { z } from 'zod';
import { router, workspaceProcedure } from '../trpc/init.ts';
import { deleteFile } from './commands.ts';
import { getFileUsage, listFiles } from './queries.ts';
import { byPathSchema, filePageSchema, fileUsageSchema, listFilesSchema } from './schema.ts';

const tag = 'Files';

/** Contents travel outside of JSON: server/rest/workspace-file.ts. */
export const filesRouter = router({
  list: workspaceProcedure('files:read')
    .meta({ rest: { method: 'GET', path: '/files', summary: 'Files of the workspace, by path', tag } })
    .input(listFilesSchema)
    .output(filePageSchema)
    .query(({ ctx, input }) => listFiles(ctx.scope, input)),
  usage: workspaceProcedure('files:read')
    .meta({ rest: { method: 'GET', path: '/files/usage', summary: 'How much room the files take', tag } })
    .output(fileUsageSchema)
    .query(({ ctx }) => getFileUsage(ctx.scope)),
  delete: workspaceProcedure('files:write')
    .meta({ rest: { method: 'DELETE', path: '/files', summary: 'Delete a file', tag, status: 204 } })
    .input(byPathSchema)
    .output(z.void())
    .mutation(({ ctx, input }) => deleteFile(ctx.scope, input.path)),
});
