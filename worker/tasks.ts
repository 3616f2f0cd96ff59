import type { Task, TaskList } from 'graphile-worker';
import { mailPasswordReset } from '#server/accounts/password-reset.ts';
import { watchCredentials } from '#server/credentials/watch.ts';
import { getPool } from '#server/db.ts';
import { reportFailure } from '#server/executions/report-failure.ts';
import { wakeExecution } from '#server/executions/wake.ts';
import { deliverMail } from '#server/outbox/commands.ts';
import { type JobName, type JobPayload, jobs } from '#server/queue/jobs.ts';
import { purgeWorkspaces } from '#server/workspaces/purge.ts';
import { stopDeletedWorkspaces } from '#server/workspaces/stop-deleted.ts';

type Tasks = { [N in JobName]: (payload: JobPayload<N>) => Promise<void> };

/** What each job does; a job that is declared and has no task here does not compile. */
export function createTasks(): TaskList {
  const tasks: Tasks = {
    'wake-execution': ({ executionId }) => wakeExecution(executionId),
    'report-failure': ({ executionId }) => reportFailure(executionId),
    'send-mail': ({ mailId }) => deliverMail(mailId),
    'mail-password-reset': ({ email }) => mailPasswordReset(email),
    'watch-credentials': watchCredentials,
    'stop-deleted-workspaces': stopDeletedWorkspaces,
    'purge-workspaces': purgeWorkspaces,
    'delete-expired': deleteExpired,
  };
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      checked(name as JobName, task as (p: unknown) => Promise<void>),
    ]),
  );
}

const checked =
  (name: JobName, task: (payload: unknown) => Promise<void>): Task =>
  (payload) =>
    task(jobs[name].parse(payload));

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
  // one that is in use changes with every trial call
  await getPool().query(`delete from circuit where updated_at < now() - interval '7 days'`);
}
