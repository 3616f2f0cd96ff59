import type { Transaction } from '../db.ts';
import { JOB_QUEUES, type JobName, type JobPayload, jobs, MAX_JOB_ATTEMPTS } from './jobs.ts';

/** Adds a job that is there when, and only when, the transaction commits. With a `key` it takes the place of one that has not begun. */
export async function addJob<N extends JobName>(
  tx: Pick<Transaction, '$executeRawUnsafe'>,
  name: N,
  payload: JobPayload<N>,
  key?: string,
): Promise<void> {
  await tx.$executeRawUnsafe(
    'select graphile_worker.add_job($1, payload => $2::json, max_attempts => $3::int, queue_name => $4, job_key => $5)',
    name,
    JSON.stringify(jobs[name].parse(payload)),
    MAX_JOB_ATTEMPTS,
    JOB_QUEUES[name] ?? null,
    key ?? null,
  );
}
