import { EventEmitter } from 'node:events';
import { Logger, parseCronItems, run, type WorkerEvents } from 'graphile-worker';
import { newId } from '#lib/id.ts';
import { createBreaker } from '#server/circuits/breaker.ts';
import { closeDatabase, getPool } from '#server/db.ts';
import { env } from '#server/env.ts';
import { createJournalWriter } from '#server/executions/journal.ts';
import { createLeases, HEARTBEAT_MS } from '#server/executions/lease.ts';
import { sweep } from '#server/executions/sweep.ts';
import { QUEUE_CHANNEL, queueDueExecutions } from '#server/executions/wake.ts';
import { listenTo } from '#server/live/listener.ts';
import { log } from '#server/log.ts';
import { createHttpDoor } from '#server/outbound/http-door.ts';
import { CRONTAB } from '#server/queue/jobs.ts';
import { createCodeRunner } from '#server/sandbox/code-runner.ts';
import { getOutputStore } from '#server/storage/open.ts';
import { fireDueSchedules } from '#server/triggers/schedule.ts';
import { repeat } from './loops.ts';
import { createExecutionRunner } from './run-execution.ts';
import { createTasks } from './tasks.ts';
import { createVersionCache } from './versions.ts';

/** How soon a cancel or pause reaches a running execution. */
const REQUESTS_EVERY_MS = 1_000;
const CONCURRENT_JOBS = 4;
const SWEEP_EVERY_MS = 2_000;
const SCHEDULE_EVERY_MS = 500;
/** Waits end this late at most. */
const WAITS_EVERY_MS = 250;
/** For a bell that was missed. */
const LOOK_EVERY_MS = 1_000;

export interface RunningWorker {
  id: string;
  /** Takes nothing new, lets running nodes finish, hands the rest over. */
  stop(): Promise<void>;
}

/** Starts everything a worker does: jobs, heartbeat, sweeper, schedules. */
export async function startWorker(): Promise<RunningWorker> {
  const id = `worker-${newId()}`;
  const drain = new AbortController();
  const leases = createLeases(id, env().LINKFLOW_WORKER_TIERS);
  const journal = createJournalWriter();
  const code = createCodeRunner();
  const breaker = createBreaker();
  const runner = createExecutionRunner({
    leases,
    journal,
    versions: createVersionCache(),
    http: createHttpDoor({ allowPrivateNetworks: env().LINKFLOW_ALLOW_PRIVATE_NETWORKS }),
    code,
    outputs: getOutputStore(),
    breaker,
    slots: env().LINKFLOW_WORKER_CONCURRENCY,
    drain: drain.signal,
  });
  const events: WorkerEvents = new EventEmitter();
  let poolId = '';
  let lastBeat = 0;
  events.on('pool:create', ({ workerPool }) => {
    poolId = workerPool.id;
  });
  await leases.beat(poolId, []); // known before it takes its first job
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
  const bell = listenTo([QUEUE_CHANNEL], runner.poke, runner.poke);
  const loops = [
    repeat('heartbeat', HEARTBEAT_MS, async () => {
      await leases.beat(poolId, runner.running());
      lastBeat = Date.now();
    }),
    repeat('requests', REQUESTS_EVERY_MS, async () => {
      if (runner.running().length === 0) return;
      for (const asked of await leases.requests()) await runner.request(asked);
    }),
    repeat('sweep', SWEEP_EVERY_MS, async () => {
      // after an outage every worker looks dead, this one too: first all say that they are alive, then the rest is swept
      if (Date.now() - lastBeat > HEARTBEAT_MS * 1.5) return;
      const { requeued, crashed } = await sweep();
      if (requeued > 0 || crashed.length > 0)
        log.warn({ requeued, crashed }, 'took over from a worker that is gone');
    }),
    repeat('waits', WAITS_EVERY_MS, async () => {
      if (await queueDueExecutions()) runner.poke();
    }),
    repeat('queue', LOOK_EVERY_MS, async () => runner.poke()),
    repeat('schedules', SCHEDULE_EVERY_MS, async () => {
      await fireDueSchedules(Date.now());
    }),
  ];
  return {
    id,
    async stop() {
      drain.abort();
      await bell.stop();
      await queue.stop();
      await runner.drain();
      await Promise.all(loops.map((loop) => loop.stop()));
      await journal.idle();
      await breaker.idle();
      await leases.leave();
      await code.close();
      await closeDatabase();
    },
  };
}
