import { router, workspaceProcedure } from '../trpc/init.ts';
import { listAudit } from './queries.ts';
import { auditPageSchema, listAuditSchema } from './schema.ts';

export const auditRouter = router({
  list: workspaceProcedure('audit:read')
    .meta({ rest: { method: 'GET', path: '/audit', summary: 'Who did what, newest first', tag: 'Audit' } })
    .input(listAuditSchema)
    .output(auditPageSchema)
    .query(({ ctx, input }) => listAudit(ctx.scope, input)),
});
