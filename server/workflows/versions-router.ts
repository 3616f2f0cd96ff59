import { router, workspaceProcedure } from '../trpc/init.ts';
import {
  listVersionsSchema,
  restoreVersionSchema,
  versionFileSchema,
  versionIdSchema,
  versionPageSchema,
  workflowDetailSchema,
} from './schema.ts';
import { getVersion, listVersions, restoreVersion } from './version-history.ts';

const reads = workspaceProcedure('workflows:read');
const tag = 'Workflows';

export const versionsRouter = router({
  list: reads
    .meta({
      rest: {
        method: 'GET',
        path: '/workflows/{id}/versions',
        summary: 'Published versions, newest first',
        tag,
      },
    })
    .input(listVersionsSchema)
    .output(versionPageSchema)
    .query(({ ctx, input }) => listVersions(ctx.scope, input)),
  get: reads
    .meta({
      rest: {
        method: 'GET',
        path: '/workflows/{id}/versions/{number}',
        summary: 'A published version with its file',
        tag,
      },
    })
    .input(versionIdSchema)
    .output(versionFileSchema)
    .query(({ ctx, input }) => getVersion(ctx.scope, input)),
  restore: workspaceProcedure('workflows:write')
    .meta({
      rest: {
        method: 'POST',
        path: '/workflows/{id}/versions/{number}/restore',
        summary: 'Make a version the draft again; what is live stays',
        tag,
      },
    })
    .input(restoreVersionSchema)
    .output(workflowDetailSchema)
    .mutation(({ ctx, input }) => restoreVersion(ctx.scope, input)),
});
