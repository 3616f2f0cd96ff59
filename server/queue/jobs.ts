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
  /** Warns of used-up months, pauses workflows without budget. */
  'watch-usage': z.object({}).loose(),
  /** Writes down how much every workspace keeps. */
  'count-storage': z.object({}).loose(),
  /** Puts workspaces on the plan that they have by now. */
  'watch-plans': z.object({}).loose(),
  /** Carries out what Stripe sent about a customer. */
  'apply-stripe-events': z.object({ customerId: z.string() }),
  /** Tells Stripe that a workspace was deleted or restored, or has another owner. */
  'update-billing': z.object({ workspaceId: z.uuid() }),
  /** Tells Stripe of executions beyond those of the plans. */
  'report-overage': z.object({}).loose(),
  /** Compares all that is bought with what Stripe says, and puts right what differs. */
  'reconcile-billing': z.object({}).loose(),
  /** Ends what deleted workspaces still run. */
  'stop-deleted-workspaces': z.object({}).loose(),
  /** Deletes workspaces for good whose time to be restored is over. */
  'purge-workspaces': z.object({}).loose(),
  /** Deletes what has outlived its time: delivery ids, sessions, attempt counters, open invitations. */
  'delete-expired': z.object({}).loose(),
  /** Deletes executions that are older than their workspace keeps them, for a while; comes again while some are left. */
  'delete-old-executions': z.object({}).loose(),
  /** Gives the disk back that deleted executions had. */
  'compact-tables': z.object({}).loose(),
} as const;

export type JobName = keyof typeof jobs;
export type JobPayload<N extends JobName> = z.output<(typeof jobs)[N]>;

/** Cron lines in graphile-worker's form; one worker fires each. */
export const CRONTAB: { task: JobName; match: string }[] = [
  { task: 'watch-credentials', match: '*/5 * * * *' },
  { task: 'watch-usage', match: '* * * * *' },
  { task: 'count-storage', match: '7 * * * *' },
  { task: 'watch-plans', match: '*/5 * * * *' },
  // often, for Stripe closes the bill of a month an hour after its end
  { task: 'report-overage', match: '*/10 * * * *' },
  { task: 'reconcile-billing', match: '29 4 * * *' },
  { task: 'delete-expired', match: '17 * * * *' },
  { task: 'delete-old-executions', match: '*/10 * * * *' },
  { task: 'compact-tables', match: '53 * * * *' },
  { task: 'stop-deleted-workspaces', match: '* * * * *' },
  { task: 'purge-workspaces', match: '41 3 * * *' },
];

/** Jobs of one queue are done one after the other: when Stripe hangs they must not take all places for jobs. */
export const JOB_QUEUES: Partial<Record<JobName, string>> = {
  'apply-stripe-events': 'stripe',
  'update-billing': 'stripe',
};

/** graphile-worker tries a job this often; a failed *execution* is a successful job, so this is for faults of ours. */
export const MAX_JOB_ATTEMPTS = 25;
