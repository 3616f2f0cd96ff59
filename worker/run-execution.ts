import { NodeError } from '#engine/errors.ts';
import type { EngineEvent } from '#engine/events.ts';
import type { MailDoor } from '#engine/mail.ts';
import type { CodeRunner, ExecutionMode, HttpDoor } from '#engine/node.ts';
import type { OutputStore } from '#engine/ports.ts';
import { run } from '#engine/run.ts';
import type { RunSetup } from '#engine/run-setup.ts';
import { executorCatalog } from '#nodes/executors.ts';
import { getWorkerScope } from '#server/auth/worker-scope.ts';
import type { Breaker } from '#server/circuits/breaker.ts';
import { createCredentialDoor } from '#server/credentials/door.ts';
import { env } from '#server/env.ts';
import {
  type ExecutionJournal,
  type JournalWriter,
  LeaseLostError,
  readEvents,
} from '#server/executions/journal.ts';
import type { ExecutionRequest, LeasedExecution, Leases } from '#server/executions/lease.ts';
import { openWorkspaceFiles } from '#server/files/workspace-files.ts';
import { log } from '#server/log.ts';
import { loadItems, openFiles } from '#server/storage/open.ts';
import { openTables } from '#server/tables/table-door.ts';
import { linksOf } from '#server/waits/links.ts';
import { openStaticData } from '#server/workflows/static-data.ts';
import { type CallInbox, openInbox } from './calls.ts';
import { createClaiming } from './claiming.ts';
import { systemClock } from './clock.ts';
import { createSlots } from './slots.ts';
import { createWorkflowCaller } from './sub-workflows.ts';
import type { VersionCache } from './versions.ts';

export interface ExecutionRunner {
  /** Something may be in the queue. */
  poke(): void;
  /** Hands on what somebody asked; nothing happens for an execution that does not run here. */
  request(asked: ExecutionRequest): Promise<void>;
  /** Ids of the executions that run here. */
  running(): string[];
  /** Takes nothing any more; resolves when nothing runs. */
  drain(): Promise<void>;
}

export interface RunnerParts {
  leases: Leases;
  journal: JournalWriter;
  versions: VersionCache;
  http: HttpDoor;
  mail: MailDoor;
  breaker: Breaker;
  code: CodeRunner;
  outputs: OutputStore;
  /** Executions at the same time. */
  slots: number;
  /** Aborts when the worker shuts down. */
  drain: AbortSignal;
}

export function createExecutionRunner(parts: RunnerParts): ExecutionRunner {
  const running = new Map<string, Running>();
  const slots = createSlots(parts.slots, () => claiming.more());

  /** Never rejects: what goes wrong here is for whoever takes the execution up when its lease has expired. */
  const start = async (lease: LeasedExecution): Promise<void> => {
    slots.take();
    const requests: Running = {
      cancel: new AbortController(),
      pause: new AbortController(),
      inbox: null,
      wakes: 0,
    };
    if (lease.cancelRequested) requests.cancel.abort();
    if (lease.pauseRequested) requests.pause.abort();
    running.set(lease.id, requests);
    try {
      await runLeased(parts, lease, parts.journal.open(lease), requests);
    } catch (error) {
      const why = error instanceof LeaseLostError ? 'lease lost; another worker goes on' : 'run broken off';
      log.warn({ executionId: lease.id, error: (error as Error).message }, why);
    } finally {
      running.delete(lease.id);
      slots.give();
    }
  };
  const claiming = createClaiming({ leases: parts.leases, slots, start: (lease) => void start(lease) });

  return {
    running: () => [...running.keys()],
    poke: claiming.poke,
    async request({ id, cancel, pause, wakes }) {
      const requests = running.get(id);
      if (!requests) return;
      if (cancel) requests.cancel.abort();
      else if (pause) requests.pause.abort();
      if (wakes === requests.wakes) return;
      requests.wakes = wakes;
      await requests.inbox?.look();
    },
    async drain() {
      await claiming.stop();
      await slots.idle();
    },
  };
}

/** What one execution can be told while it runs here. */
interface Running {
  cancel: AbortController;
  pause: AbortController;
  /** null until its history is read. */
  inbox: CallInbox | null;
  /** How many wakes it was told of. */
  wakes: number;
}

async function runLeased(
  parts: RunnerParts,
  lease: LeasedExecution,
  journal: ExecutionJournal,
  requests: Running,
): Promise<void> {
  const history = lease.lastSeq > 0 ? await readEvents(lease.id) : [];
  const inbox = await openInbox(lease.id, history);
  requests.inbox = inbox;
  const setup = await setUp(parts, lease).catch((error: unknown) => failBeforeStart(journal, history, error));
  if (!setup) return;
  journal.reportFailure = setup.graph.workflow.settings.errorWorkflowId !== null && lease.mode !== 'error';
  const { outcome } = await run(
    setup,
    {
      clock: systemClock,
      random: Math.random,
      journal,
      outputs: parts.outputs,
      catalog: executorCatalog,
      services: {
        http: parts.breaker.guard(parts.http, lease.workspaceId),
        credentials: createCredentialDoor(
          { workspaceId: lease.workspaceId, executionId: lease.id, workflowId: lease.workflowId },
          parts.http,
        ),
        mail: parts.mail,
        files: openFiles(lease.workspaceId, lease.id),
        workspaceFiles: openWorkspaceFiles(lease.workspaceId, lease.id),
        staticData: openStaticData(lease.workflowId),
        tables: openTables(getWorkerScope(lease.workspaceId)),
        code: parts.code,
        workflows: createWorkflowCaller(lease, setup.graph.workflow),
        now: Date.now,
        random: Math.random,
      },
    },
    {
      history,
      startNodeId: lease.trigger.nodeId,
      cancel: requests.cancel.signal,
      pause: requests.pause.signal,
      drain: parts.drain,
      calls: inbox,
    },
  );
  if (outcome.status === 'released') await journal.handOver();
}

async function setUp(parts: RunnerParts, lease: LeasedExecution): Promise<RunSetup> {
  const { graph, name } = await parts.versions.get(lease.versionId);
  const exposed = env().LINKFLOW_EXPOSED_ENV.flatMap((key) =>
    process.env[key] === undefined ? [] : [[key, process.env[key]]],
  );
  return {
    graph,
    execution: { id: lease.id, mode: lease.mode as ExecutionMode },
    workflow: { id: lease.workflowId, name, active: true },
    links: linksOf(lease.id),
    triggerItems: await loadItems(lease.trigger.items),
    pinned: lease.trigger.usePinned ? (graph.workflow.pinData as RunSetup['pinned']) : {},
    vars: {},
    env: Object.fromEntries(exposed) as Record<string, string>,
  };
}

/** A version that this worker cannot compile (a node type it does not know) must end as failed, not hang; anything else is tried again. */
async function failBeforeStart(
  journal: ExecutionJournal,
  history: readonly EngineEvent[],
  thrown: unknown,
): Promise<null> {
  if (!(thrown instanceof NodeError)) throw thrown;
  const { data } = thrown;
  const seq = (history.at(-1)?.seq ?? 0) + 1;
  journal.append([{ type: 'execution.failed', error: data, seq, at: Date.now() }]);
  await journal.checkpoint();
  return null;
}
