import { EventEmitter } from 'node:events';
import { Logger, parseCronItems, run, type WorkerEvents } from 'graphile-worker';
import { closeDatabase, getPool } from '#server/db.ts';
import { env } from '#server/env.ts';
import { HEARTBEAT_MS } from '#server/executions/lease.ts';
import { hasSuspects, sweep } from '#server/executions/sweep.ts';
import { queueDueExecutions } from '#server/executions/wake.ts';
import { log } from '#server/log.ts';
import { CRONTAB } from '#server/queue/jobs.ts';
import { fireDueSchedules } from '#server/triggers/schedule.ts';
import { startExecutionHost } from './execution-host.ts';
import { repeat } from './loops.ts';
import { watchMailboxes } from './mailboxes.ts';
import { createQuarantine } from './quarantine.ts';
import { createTasks } from './tasks.ts';

const CONCURRENT_JOBS = 4;
const SWEEP_EVERY_MS = 2_000;
const SCHEDULE_EVERY_MS = 500;
/** Waits end this late at most. */
const WAITS_EVERY_MS = 250;

export interface RunningWorker {
  id: string;
  /** Takes nothing new, lets running nodes finish, hands the rest over. */
  stop(): Promise<void>;
  /** Puts what still runs here back in the queue: for when there is no time left to stop. */
  giveBack(): Promise<void>;
}

/** Starts everything a worker does: executions, jobs, sweeper, waits, schedules, mailboxes. */
export async function startWorker(): Promise<RunningWorker> {
  const events: WorkerEvents = new EventEmitter();
  let poolId = '';
  events.on('pool:create', ({ workerPool }) => {
    poolId = workerPool.id;
  });
  const queue = await run({
    pgPool: getPool(),
    taskList: createTasks(),
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
  // after the queue, so that the first heartbeat names its pool: jobs of a pool that nobody knows stay locked for long
  const host = await startExecutionHost({ slots: env().LINKFLOW_WORKER_CONCURRENCY, poolId });
  const quarantine = createQuarantine();
  const loops = [
    repeat('sweep', SWEEP_EVERY_MS, async () => {
      // after an outage every worker looks dead, this one too: first all say that they are alive, then the rest is swept
      if (Date.now() - host.lastBeat > HEARTBEAT_MS * 1.5) return;
      const { requeued, crashed } = await sweep();
      if (requeued > 0 || crashed.length > 0)
        log.warn({ requeued, crashed }, 'took over from a worker that is gone');
      if (await hasSuspects(env().LINKFLOW_WORKER_TIERS)) quarantine.open();
      else void quarantine.close(); // may take as long as a node does
    }),
    repeat('waits', WAITS_EVERY_MS, async () => {
      if (await queueDueExecutions()) host.poke();
    }),
    repeat('schedules', SCHEDULE_EVERY_MS, async () => {
      await fireDueSchedules(Date.now());
    }),
    watchMailboxes(),
  ];
  return {
    id: host.id,
    giveBack: host.giveBack,
    async stop() {
      const stopping = Promise.all([host.stop(), queue.stop()]);
      await Promise.all(loops.map((loop) => loop.stop()));
      await quarantine.close();
      await stopping;
      await closeDatabase();
    },
  };
}
