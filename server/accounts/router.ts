import { publicProcedure, router, userProcedure } from '../trpc/init.ts';
import { signUp } from './commands.ts';
import { getMe } from './queries.ts';
import { meSchema, signUpSchema } from './schema.ts';

export const accountsRouter = router({
  signUp: publicProcedure.input(signUpSchema).mutation(({ input }) => signUp(input)),
  me: userProcedure.output(meSchema).query(({ ctx }) => getMe(ctx.session)),
});
