import { accountsRouter } from '../accounts/router.ts';
import { adminRouter } from '../admin/router.ts';
import { apiKeysRouter } from '../api-keys/router.ts';
import { auditRouter } from '../audit/router.ts';
import { billingRouter } from '../billing/router.ts';
import { chatRouter } from '../chat/router.ts';
import { circuitsRouter } from '../circuits/router.ts';
import { credentialsRouter } from '../credentials/router.ts';
import { deadLettersRouter } from '../dead-letters/router.ts';
import { executionsRouter } from '../executions/router.ts';
import { filesRouter } from '../files/router.ts';
import { formsRouter } from '../forms/router.ts';
import { membersRouter } from '../members/router.ts';
import { nodeTypesRouter } from '../node-types/router.ts';
import { outboxRouter } from '../outbox/router.ts';
import { plansRouter } from '../plans/router.ts';
import { schedulesRouter } from '../schedules/router.ts';
import { tablesRouter } from '../tables/router.ts';
import { triggersRouter } from '../triggers/router.ts';
import { usageRouter } from '../usage/router.ts';
import { approvalsRouter } from '../waits/router.ts';
import { workflowsRouter } from '../workflows/router.ts';
import { workspacesRouter } from '../workspaces/router.ts';
import { createCallerFactory, router } from './init.ts';

export const appRouter = router({
  accounts: accountsRouter,
  workspaces: workspacesRouter,
  members: membersRouter,
  workflows: workflowsRouter,
  executions: executionsRouter,
  deadLetters: deadLettersRouter,
  apiKeys: apiKeysRouter,
  credentials: credentialsRouter,
  circuits: circuitsRouter,
  approvals: approvalsRouter,
  tables: tablesRouter,
  files: filesRouter,
  audit: auditRouter,
  forms: formsRouter,
  outbox: outboxRouter,
  billing: billingRouter,
  plans: plansRouter,
  usage: usageRouter,
  admin: adminRouter,
  chat: chatRouter,
  triggers: triggersRouter,
  schedules: schedulesRouter,
  nodeTypes: nodeTypesRouter,
});

export type AppRouter = typeof appRouter;
export const createCaller = createCallerFactory(appRouter);
