import { EventEmitter } from 'node:events';
import { Logger, parseCronItems, run, type WorkerEvents } from 'graphile-worker';
import { newId } from '#lib/id.ts';
import { closeDatabase, getPool } from '#server/db.ts';
import { env } from '#server/env.ts';
import { createJournalWriter } from '#server/executions/journal.ts';
import { createLeases, HEARTBEAT_MS, sweep, wakeNextSuspect } from '#server/executions/lease.ts';
import { log } from '#server/log.ts';
import { createHttpDoor } from '#server/outbound/http-door.ts';
import { CRONTAB } from '#server/queue/jobs.ts';
import { createCodeRunner } from '#server/sandbox/code-runner.ts';
import { fireDueSchedules } from '#server/triggers/schedule.ts';
import { repeat } from './loops.ts';
import { createExecutionRunner } from './run-execution.ts';
import { createTasks } from './tasks.ts';
import { createVersionCache } from './versions.ts';

/** How soon a cancel or pause reaches a running execution. */
const REQUESTS_EVERY_MS = 1_000;
/** Wake-ups handled at a time; each takes as long as its executions wait for a slot. */
const CONCURRENT_JOBS = 16;
const SWEEP_EVERY_MS = 3_000;
const SUSPECTS_EVERY_MS = 500;
const SCHEDULE_EVERY_MS = 500;

export interface RunningWorker {
  id: string;
  /** Takes nothing new, lets running nodes finish, hands the rest over. */
  stop(): Promise<void>;
}

/** Starts everything a worker does: jobs, heartbeat, sweeper, schedules. */
export async function startWorker(): Promise<RunningWorker> {
  const id = `worker-${newId()}`;
  const drain = new AbortController();
  const leases = createLeases(id);
  const journal = createJournalWriter();
  const code = createCodeRunner();
  const runner = createExecutionRunner({
    leases,
    journal,
    versions: createVersionCache(),
    http: createHttpDoor({ allowPrivateNetworks: env().LINKFLOW_ALLOW_PRIVATE_NETWORKS }),
    code,
    slots: env().LINKFLOW_WORKER_CONCURRENCY,
    drain: drain.signal,
  });
  const events: WorkerEvents = new EventEmitter();
  let poolId = '';
  let lastBeat = 0;
  events.on('pool:create', ({ workerPool }) => {
    poolId = workerPool.id;
  });
  await leases.beat(poolId); // known before it takes its first job
  const queue = await run({
    pgPool: getPool(),
    taskList: createTasks(runner),
    noHandleSignals: true,
    events,
    logger: new Logger(() => (level, message) => {
      if (level === 'error') log.warn({ from: 'graphile-worker' }, message); // it logs every job otherwise
    }),
    parsedCronItems: parseCronItems(CRONTAB),
    preset: {
      worker: {
        concurrentJobs: CONCURRENT_JOBS,
        // jobs are fetched and completed many at a time: 10 times the throughput (docs/decisions/0003)
        localQueue: { size: CONCURRENT_JOBS * 4, ttl: 30_000 },
        completeJobBatchDelay: 0,
        failJobBatchDelay: 0,
        pollInterval: 1_000,
      },
    },
  });
  const loops = [
    repeat('heartbeat', HEARTBEAT_MS, async () => {
      await leases.beat(poolId);
      lastBeat = Date.now();
    }),
    repeat('requests', REQUESTS_EVERY_MS, async () => {
      if (runner.running === 0) return;
      for (const { id: executionId, cancel } of await leases.requests())
        runner.stop(executionId, cancel ? 'cancel' : 'pause');
    }),
    repeat('sweep', SWEEP_EVERY_MS, async () => {
      // after an outage every worker looks dead, this one too: first all say that they are alive, then the rest is swept
      if (Date.now() - lastBeat > HEARTBEAT_MS * 1.5) return;
      const { requeued, crashed } = await sweep();
      if (requeued > 0 || crashed.length > 0)
        log.warn({ requeued, crashed }, 'took over from a worker that is gone');
    }),
    repeat('suspects', SUSPECTS_EVERY_MS, wakeNextSuspect),
    repeat('schedules', SCHEDULE_EVERY_MS, async () => {
      await fireDueSchedules(Date.now());
    }),
  ];
  return {
    id,
    async stop() {
      drain.abort();
      await queue.stop();
      await runner.idle();
      await Promise.all(loops.map((loop) => loop.stop()));
      await journal.idle();
      await leases.leave();
      await code.close();
      await closeDatabase();
    },
  };
}
