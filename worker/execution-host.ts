import { newId } from '#lib/id.ts';
import { createBreaker } from '#server/circuits/breaker.ts';
import { env } from '#server/env.ts';
import { createJournalWriter } from '#server/executions/journal.ts';
import { createLeases, HEARTBEAT_MS } from '#server/executions/lease.ts';
import { QUEUE_CHANNEL } from '#server/executions/wake.ts';
import { listenTo } from '#server/live/listener.ts';
import { createMailDoor } from '#server/mail/mail-door.ts';
import { createHttpDoor } from '#server/outbound/http-door.ts';
import { createCodeRunner } from '#server/sandbox/code-runner.ts';
import { getOutputStore } from '#server/storage/open.ts';
import { flushWrites } from '#server/write-behind.ts';
import { repeat } from './loops.ts';
import { createExecutionRunner } from './run-execution.ts';
import { createVersionCache } from './versions.ts';

/** How soon a cancel or pause reaches a running execution. */
const REQUESTS_EVERY_MS = 1_000;
/** For a bell that was missed. */
const LOOK_EVERY_MS = 1_000;

export interface ExecutionHost {
  /** Names the process too, so that an operator finds the one that runs an execution. */
  readonly id: string;
  /** Milliseconds since the epoch; 0 before the first one. */
  readonly lastBeat: number;
  /** Something may be in the queue. */
  poke(): void;
  /** Takes nothing new, lets running nodes finish, hands the rest over. */
  stop(): Promise<void>;
  /** Puts what still runs here back in the queue: for when there is no time left to stop. */
  giveBack(): Promise<void>;
}

/**
 * What runs executions: leases with their heartbeat, the journal, and all that nodes are given. `slots`: executions at
 * the same time. `quarantine`: takes suspects, and nothing else. `poolId`: graphile-worker's name for this process, '' for none.
 */
export async function startExecutionHost(options: {
  slots: number;
  quarantine?: boolean;
  poolId?: string;
}): Promise<ExecutionHost> {
  const { slots, quarantine = false, poolId = '' } = options;
  const id = `${quarantine ? 'quarantine' : 'worker'}-${process.pid}-${newId()}`;
  const drain = new AbortController();
  const leases = createLeases(id, env().LINKFLOW_WORKER_TIERS, { quarantine });
  const journal = createJournalWriter();
  const code = createCodeRunner();
  const breaker = createBreaker();
  const runner = createExecutionRunner({
    leases,
    journal,
    versions: createVersionCache(),
    http: createHttpDoor({ allowPrivateNetworks: env().LINKFLOW_ALLOW_PRIVATE_NETWORKS }),
    mail: createMailDoor({ allowPrivateNetworks: env().LINKFLOW_ALLOW_PRIVATE_NETWORKS }),
    code,
    outputs: getOutputStore(),
    breaker,
    slots,
    drain: drain.signal,
  });
  let lastBeat = 0;
  await leases.beat(poolId, []); // known before it takes anything
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
    repeat('queue', LOOK_EVERY_MS, async () => runner.poke()),
  ];
  return {
    id,
    get lastBeat() {
      return lastBeat;
    },
    poke: runner.poke,
    giveBack: leases.giveBack,
    async stop() {
      drain.abort();
      await bell.stop();
      await runner.drain();
      await Promise.all(loops.map((loop) => loop.stop()));
      await journal.idle();
      await breaker.idle();
      await flushWrites();
      await leases.leave();
      await code.close();
    },
  };
}
