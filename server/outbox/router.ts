import { adminProcedure, router } from '../trpc/init.ts';
import { getOutbox } from './queries.ts';
import { outboxSchema } from './schema.ts';

export const outboxRouter = router({
  list: adminProcedure.output(outboxSchema).query(() => getOutbox()),
});
