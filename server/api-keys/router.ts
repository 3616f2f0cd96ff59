import { z } from 'zod';
import { router, workspaceProcedure } from '../trpc/init.ts';
import { createApiKey, revokeApiKey } from './commands.ts';
import { listApiKeys } from './queries.ts';
import { apiKeySchema, createApiKeySchema, createdApiKeySchema } from './schema.ts';

export const apiKeysRouter = router({
  list: workspaceProcedure('api-keys:write')
    .output(z.array(apiKeySchema))
    .query(({ ctx }) => listApiKeys(ctx.scope)),
  create: workspaceProcedure('api-keys:write')
    .input(createApiKeySchema)
    .output(createdApiKeySchema)
    .mutation(({ ctx, input }) => createApiKey(ctx.scope, input)),
  revoke: workspaceProcedure('api-keys:write')
    .input(z.object({ id: z.uuid() }))
    .mutation(({ ctx, input }) => revokeApiKey(ctx.scope, input.id)),
});
