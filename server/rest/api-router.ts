import { appRouter } from '../trpc/app-router.ts';
import { createCallerFactory, router } from '../trpc/init.ts';
import { authRouter } from './auth-router.ts';
import { usersRouter } from './users-router.ts';
import { restWorkspacesRouter } from './workspaces-router.ts';

/** What REST knows: everything of the app, and what only scripts need. */
export const apiRouter = router({
  ...appRouter._def.record,
  ofKey: restWorkspacesRouter,
  users: usersRouter,
  auth: authRouter,
});
export const createApiCaller = createCallerFactory(apiRouter);
