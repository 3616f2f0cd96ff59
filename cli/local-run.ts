import { randomUUID } from 'node:crypto';
import type { NodeErrorKind } from '#engine/errors.ts';
import { NodeError } from '#engine/errors.ts';
import type { EngineEvent } from '#engine/events.ts';
import { compileGraph, type Graph } from '#engine/graph.ts';
import { type FileRef, type Item, type JsonObject, shownItems } from '#engine/item.ts';
import type { MailDoor } from '#engine/mail.ts';
import type {
  CodeRunner,
  ExecutionMode,
  HttpDoor,
  StaticDataDoor,
  TableDoor,
  WorkflowCall,
  WorkflowCaller,
} from '#engine/node.ts';
import type { Clock } from '#engine/ports.ts';
import { run } from '#engine/run.ts';
import type { RunSetup } from '#engine/run-setup.ts';
import { startNodeOf } from '#engine/start.ts';
import type { ExecutionState } from '#engine/state.ts';
import type { Workflow } from '#engine/workflow.ts';
import { type KnownCredential, memoryCredentials } from '#nodes/credential-types/memory-door.ts';
import { findDefinition } from '#nodes/definitions.ts';
import { executorCatalog } from '#nodes/executors.ts';
import { createLocalFiles } from './local-files.ts';
import { createMemoryFiles } from './memory-files.ts';

/** How deep workflows may call each other, as in the worker. */
const MAX_DEPTH = 20;

export interface LocalRunOptions {
  http: HttpDoor;
  /** In clear, by the ids that the workflow has for them. */
  credentials?: Record<string, KnownCredential>;
  /** Absent: no mail is sent or read. */
  mail?: MailDoor;
  code: CodeRunner;
  clock: Clock;
  trigger?: { name?: string; items?: Item[] };
  env?: Record<string, string>;
}

export interface LocalError {
  message: string;
  /** Name of the node that failed. */
  node?: string;
  kind: NodeErrorKind;
}
export interface LocalResult {
  status: string;
  error?: LocalError;
  /** By node name: runs, of each its output ports in their order, of each the items. */
  nodes: Record<string, { json: JsonObject; files?: Record<string, FileRef> }[][][]>;
  /** Names of the nodes in the order in which their runs ended. */
  order: string[];
}

/** Runs a workflow in this process, with nothing kept. Rejects with NodeError(config) when it has nothing to start from. */
export async function runLocally(workflow: Workflow, options: LocalRunOptions): Promise<LocalResult> {
  const { trigger } = options;
  const wanted =
    trigger?.name === undefined ? undefined : workflow.nodes.find(({ name }) => name === trigger.name);
  if (trigger?.name !== undefined && !wanted)
    throw new NodeError('config', `There is no node “${trigger.name}” to start from.`);
  const { state, graph, events } = await execute(workflow, options, {
    startNodeId: wanted?.id,
    items: trigger?.items ?? [{ json: {} }],
    mode: 'manual',
    depth: 1,
  });
  const error = errorOf(state, graph);
  return {
    status: state.status,
    ...(error ? { error } : {}),
    nodes: nodesOf(state, graph),
    order: orderOf(events, graph),
  };
}

interface Start {
  startNodeId: string | undefined;
  items: Item[];
  mode: ExecutionMode;
  depth: number;
}

async function execute(workflow: Workflow, options: LocalRunOptions, start: Start) {
  const graph = compiled(workflow);
  const node = startNodeOf(workflow, executorCatalog, start.startNodeId);
  if (!node) throw new NodeError('config', `The workflow “${workflow.name}” has nothing to start from.`);
  const { clock, http, code } = options;
  const events: EngineEvent[] = [];
  const setup: RunSetup = {
    graph,
    execution: { id: randomUUID(), mode: start.mode },
    workflow: { id: 'local', name: workflow.name, active: false },
    triggerItems: start.items,
    pinned: workflow.pinData as RunSetup['pinned'],
    vars: {},
    env: options.env ?? {},
  };
  const files = createMemoryFiles();
  const ports = {
    clock,
    random: Math.random,
    journal: {
      append: (more: EngineEvent[]) => void events.push(...more),
      checkpoint: () => Promise.resolve(),
    },
    catalog: executorCatalog,
    services: {
      http,
      credentials: memoryCredentials(options.credentials ?? {}, Math.random),
      mail: options.mail ?? noMail,
      files,
      workspaceFiles: createLocalFiles(files),
      tables: noTables,
      staticData: forgetful,
      code,
      workflows: workflowCaller(options, start.depth),
      now: clock.now,
      random: Math.random,
    },
  };
  for (;;) {
    const { outcome, state } = await run(setup, ports, { startNodeId: node.id, history: [...events] });
    // Nothing but another process could wake what has no time.
    if (outcome.status !== 'waiting' || outcome.until === null) return { state, graph, events };
    await clock.sleep(Math.max(0, outcome.until - clock.now()), new AbortController().signal);
  }
}

function compiled(workflow: Workflow): Graph {
  try {
    return compileGraph(workflow, executorCatalog);
  } catch (error) {
    throw new NodeError('config', error instanceof Error ? error.message : String(error));
  }
}

const withoutMail = (): never => {
  throw new NodeError('config', 'Mail servers are out of reach here.');
};
const outOfReach = (): never => {
  throw new NodeError('config', 'Tables of a workspace are out of reach here.', { field: 'table' });
};
const noMail: MailDoor = {
  send: async () => withoutMail(),
  read: () => withoutMail(),
};

/** Nothing is kept from one run to the next. */
const forgetful: StaticDataDoor = { read: async () => ({}), write: async () => undefined };

const noTables: TableDoor = {
  columns: async () => outOfReach(),
  insert: async () => outOfReach(),
  select: async () => outOfReach(),
  update: async () => outOfReach(),
  delete: async () => outOfReach(),
};

/** Inline workflows run here and now; those of a workspace are out of reach. */
function workflowCaller(options: LocalRunOptions, depth: number): WorkflowCaller {
  return {
    call: async ({ workflow, items, waitForEnd }: WorkflowCall) => {
      if (!workflow)
        throw new NodeError('config', 'Workflows of a workspace cannot be called here; only inline ones.', {
          field: 'workflowId',
        });
      if (depth >= MAX_DEPTH)
        throw new NodeError('limit', `Workflows call each other more than ${MAX_DEPTH} levels deep.`);
      const trigger = workflow.nodes.find(
        (n) => !n.disabled && findDefinition(n.type, n.version)?.startedBy === 'workflow',
      );
      const { state, events } = await execute(workflow, options, {
        startNodeId: trigger?.id,
        items,
        mode: 'sub-workflow',
        depth: depth + 1,
      });
      if (!waitForEnd) return { status: 'started', executionId: 'local' };
      if (state.error)
        throw new NodeError(state.error.kind, `The sub-workflow failed: ${state.error.message}`, {
          retryable: false,
        });
      return { status: 'completed', items: lastItems(events) };
    },
  };
}

/** What a workflow returns: the items of the node that ended last. */
function lastItems(events: readonly EngineEvent[]): Item[] {
  const last = events.findLast((event) => event.type === 'node.completed');
  if (last?.type !== 'node.completed') return [];
  return shownItems(Object.values(last.outputs).find((items) => items.length > 0) ?? []).map(plain);
}

function errorOf(state: ExecutionState, graph: Graph): LocalError | undefined {
  if (!state.error) return undefined;
  const { message, kind } = state.error;
  const node = state.failedNode === undefined ? undefined : graph.nodes.get(state.failedNode)?.node.name;
  return { message, ...(node === undefined ? {} : { node }), kind };
}

function nodesOf(state: ExecutionState, graph: Graph): LocalResult['nodes'] {
  const nodes: LocalResult['nodes'] = {};
  for (const { node, outputs } of graph.nodes.values()) {
    const runs = state.nodes[node.id];
    if (runs)
      nodes[node.name] = runs.map((one) =>
        outputs.map(({ name }) => shownItems(one.outputs[name] ?? []).map(plain)),
      );
  }
  return nodes;
}

const orderOf = (events: readonly EngineEvent[], graph: Graph): string[] =>
  events.flatMap((event) =>
    event.type === 'node.completed' || event.type === 'node.failed'
      ? (graph.nodes.get(event.node)?.node.name ?? [])
      : [],
  );

const plain = ({ json, files }: Item) => ({ json, ...(files ? { files } : {}) });
