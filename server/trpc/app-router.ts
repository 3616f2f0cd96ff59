import { accountsRouter } from '../accounts/router.ts';
import { apiKeysRouter } from '../api-keys/router.ts';
import { executionsRouter } from '../executions/router.ts';
import { membersRouter } from '../members/router.ts';
import { workflowsRouter } from '../workflows/router.ts';
import { workspacesRouter } from '../workspaces/router.ts';
import { createCallerFactory, router } from './init.ts';

export const appRouter = router({
  accounts: accountsRouter,
  workspaces: workspacesRouter,
  members: membersRouter,
  workflows: workflowsRouter,
  executions: executionsRouter,
  apiKeys: apiKeysRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
