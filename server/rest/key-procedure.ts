import { AppError } from '../errors.ts';
import { countedScope } from '../trpc/context.ts';
import { publicProcedure } from '../trpc/init.ts';

/** For whoever shows a valid API key, whatever its scopes are: it is about the key and its owner. Throws UNAUTHORIZED. */
export const keyProcedure = publicProcedure.use(async ({ ctx, type, meta, next }) => {
  const scope = await countedScope(ctx, meta?.limit ?? (type === 'mutation' ? 'writes' : 'reads'));
  const { apiKey } = ctx;
  if (apiKey === undefined || !scope.userId) throw new AppError('UNAUTHORIZED', 'Send an API key.');
  return next({ ctx: { ...ctx, scope, apiKey, userId: scope.userId } });
});
