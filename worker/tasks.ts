import type { Task, TaskList } from 'graphile-worker';
import { mailPasswordReset } from '#server/accounts/password-reset.ts';
import { applyEvents } from '#server/billing/apply-events.ts';
import { followWorkspace } from '#server/billing/follow.ts';
import { reportOverage } from '#server/billing/overage.ts';
import { reconcileBilling } from '#server/billing/reconcile.ts';
import { watchCredentials } from '#server/credentials/watch.ts';
import { getPool } from '#server/db.ts';
import { reportFailure } from '#server/executions/report-failure.ts';
import { wakeExecution } from '#server/executions/wake.ts';
import { deliverMail } from '#server/outbox/commands.ts';
import { watchPlans } from '#server/plans/watch.ts';
import { type JobName, type JobPayload, jobs } from '#server/queue/jobs.ts';
import { compactTables } from '#server/retention/compact-tables.ts';
import { deleteOldExecutions } from '#server/retention/delete-old.ts';
import { countStorage } from '#server/usage/storage.ts';
import { watchUsage } from '#server/usage/watch.ts';
import { purgeWorkspaces } from '#server/workspaces/purge.ts';
import { stopDeletedWorkspaces } from '#server/workspaces/stop-deleted.ts';

/** The signal says that the worker is about to stop: for those that take more than a moment. */
type Tasks = { [N in JobName]: (payload: JobPayload<N>, signal: AbortSignal) => Promise<void> };

/** What each job does; a job that is declared and has no task here does not compile. */
export function createTasks(): TaskList {
  const tasks: Tasks = {
    'wake-execution': ({ executionId }) => wakeExecution(executionId),
    'report-failure': ({ executionId }) => reportFailure(executionId),
    'send-mail': ({ mailId }) => deliverMail(mailId),
    'mail-password-reset': ({ email }) => mailPasswordReset(email),
    'watch-credentials': watchCredentials,
    'watch-usage': watchUsage,
    'count-storage': countStorage,
    'watch-plans': watchPlans,
    'apply-stripe-events': ({ customerId }) => applyEvents(customerId),
    'update-billing': ({ workspaceId }) => followWorkspace(workspaceId),
    'report-overage': reportOverage,
    'reconcile-billing': async () => {
      await reconcileBilling();
    },
    'stop-deleted-workspaces': stopDeletedWorkspaces,
    'purge-workspaces': purgeWorkspaces,
    'delete-expired': deleteExpired,
    'delete-old-executions': deleteOldExecutions,
    'compact-tables': compactTables,
  };
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      checked(name as JobName, task as (p: unknown, signal: AbortSignal) => Promise<void>),
    ]),
  );
}

const checked =
  (name: JobName, task: (payload: unknown, signal: AbortSignal) => Promise<void>): Task =>
  (payload, { abortSignal }) =>
    task(jobs[name].parse(payload), abortSignal);

async function deleteExpired(): Promise<void> {
  for (const table of [
    'delivery',
    'attempt',
    'session',
    'invitation',
    'account_token',
    'outgoing_mail',
    'oauth_connect',
    'idempotent_answer',
  ]) {
    await getPool().query(`delete from "${table}" where expires_at < now()`);
  }
  await getPool().query(`delete from credential_access where at < now() - interval '90 days'`);
  await getPool().query(`delete from stripe_event where received_at < now() - interval '90 days'`);
  // one that is in use changes with every trial call
  await getPool().query(`delete from circuit where updated_at < now() - interval '7 days'`);
}
