import { z } from 'zod';

/** Every job by name, with the shape of its payload. worker/tasks.ts must have a task for each; the compiler demands it. */
export const jobs = {
  /** Tells an execution that a child of it has ended. */
  'wake-execution': z.object({ executionId: z.uuid() }),
  /** Starts the error workflow of an execution that failed. */
  'report-failure': z.object({ executionId: z.uuid() }),
  /** Sends a mail of the outbox. */
  'send-mail': z.object({ mailId: z.uuid() }),
  /** Mails the link for a new password, if there is such an account. */
  'mail-password-reset': z.object({ email: z.string() }),
  /** Renews OAuth tokens that end soon, and tells makers of credentials that end soon. */
  'watch-credentials': z.object({}).loose(),
  /** Ends what deleted workspaces still run. */
  'stop-deleted-workspaces': z.object({}).loose(),
  /** Deletes workspaces for good whose time to be restored is over. */
  'purge-workspaces': z.object({}).loose(),
  /** Deletes what has outlived its time: delivery ids, sessions, attempt counters, open invitations. */
  'delete-expired': z.object({}).loose(),
} as const;

export type JobName = keyof typeof jobs;
export type JobPayload<N extends JobName> = z.output<(typeof jobs)[N]>;

/** Cron lines in graphile-worker's form; one worker fires each. */
export const CRONTAB: { task: JobName; match: string }[] = [
  { task: 'watch-credentials', match: '*/5 * * * *' },
  { task: 'delete-expired', match: '17 * * * *' },
  { task: 'stop-deleted-workspaces', match: '* * * * *' },
  { task: 'purge-workspaces', match: '41 3 * * *' },
];

/** graphile-worker tries a job this often; a failed *execution* is a successful job, so this is for faults of ours. */
export const MAX_JOB_ATTEMPTS = 25;
