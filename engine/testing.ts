import { NodeError } from './errors.ts';
import type { EngineEvent } from './events.ts';
import { compileGraph } from './graph.ts';
import { type Item, shownItems } from './item.ts';
import type {
  ExecuteContext,
  ExecutorCatalog,
  NodeExecutor,
  NodeResult,
  NodeServices,
  NodeSpec,
} from './node.ts';
import type { Clock, OutputStore, RunPorts } from './ports.ts';
import type { RunSetup } from './run-setup.ts';
import { startNodeOf } from './start.ts';
import type { ExecutionState } from './state.ts';
import { type WorkflowInput, workflowSchema } from './workflow.ts';

/** In-memory ports for tests of the engine: a catalog of tiny nodes, a clock that jumps, a journal that remembers. */
export interface TestNode {
  inputs?: string[];
  outputs?: string[];
  effect?: 'pure' | 'read' | 'write';
  cycle?: NodeSpec['cycle'];
  required?: string[];
  together?: boolean;
  trigger?: boolean;
  execute?: (context: ExecuteContext) => NodeResult | Promise<NodeResult>;
}

const pass: NonNullable<TestNode['execute']> = ({ items }) => ({ outputs: { main: items } });

export function testCatalog(types: Record<string, TestNode>): ExecutorCatalog {
  const spec = (type: string, node: TestNode): NodeSpec => ({
    type,
    version: 1,
    isTrigger: node.trigger ?? false,
    cycle: node.cycle ?? 'none',
    ports: () => ({
      inputs: (node.inputs ?? (node.trigger ? [] : ['main'])).map((name) => ({ name })),
      outputs: (node.outputs ?? ['main']).map((name) => ({ name })),
    }),
    effect: () => node.effect ?? 'pure',
    requiredInputs: () => node.required ?? [],
    takesTogether: () => node.together ?? false,
    check: () => [],
    literalFields: new Set(),
  });
  return {
    find: (type) => (types[type] ? spec(type, types[type]) : undefined),
    executor: (type): NodeExecutor | undefined => {
      const node = types[type];
      return node && { execute: async (context) => (node.execute ?? pass)(context) };
    },
  };
}

/** Time that passes only when everybody sleeps: the earliest sleeper is woken next. */
export class JumpingClock implements Clock {
  time = 1_000_000;
  private sleepers: { at: number; resolve: () => void }[] = [];
  private scheduled = false;
  now = (): number => this.time;
  yield = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  sleep = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve();
        return;
      }
      const sleeper = { at: this.time + ms, resolve };
      this.sleepers.push(sleeper);
      signal.addEventListener('abort', () => {
        this.sleepers = this.sleepers.filter((s) => s !== sleeper);
        resolve();
      });
      this.jumpSoon();
    });
  private jumpSoon(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() =>
      setImmediate(() => {
        this.scheduled = false;
        const [first] = this.sleepers.sort((a, b) => a.at - b.at);
        if (!first) return;
        this.sleepers.shift();
        this.time = Math.max(this.time, first.at);
        first.resolve();
        if (this.sleepers.length > 0) this.jumpSoon();
      }),
    );
  }
}

export const noServices: NodeServices = {
  http: { request: () => Promise.reject(new Error('no network in this test')) },
  credentials: {
    open: () => Promise.reject(new Error('no credentials in this test')),
    signing: () => {
      throw new Error('no credentials in this test');
    },
    scrub: null,
  },
  mail: {
    send: () => Promise.reject(new Error('no mail in this test')),
    read: () => {
      throw new Error('no mail in this test');
    },
  },
  files: {
    write: () => Promise.reject(new Error('no files in this test')),
    open: () => {
      throw new Error('no files in this test');
    },
    read: () => Promise.reject(new Error('no files in this test')),
  },
  workspaceFiles: {
    list: () => Promise.reject(new Error('no files in this test')),
    read: () => Promise.reject(new Error('no files in this test')),
    write: () => Promise.reject(new Error('no files in this test')),
  },
  tables: {
    columns: () => Promise.reject(new Error('no tables in this test')),
    insert: () => Promise.reject(new Error('no tables in this test')),
    select: () => Promise.reject(new Error('no tables in this test')),
    update: () => Promise.reject(new Error('no tables in this test')),
    delete: () => Promise.reject(new Error('no tables in this test')),
  },
  staticData: { read: () => Promise.resolve({}), write: () => Promise.resolve() },
  code: { run: () => Promise.reject(new Error('no code in this test')) },
  workflows: { call: () => Promise.reject(new Error('no sub-workflows in this test')) },
  now: () => 1_000_000,
  random: () => 0.5,
};

export interface TestRun {
  setup: RunSetup;
  ports: RunPorts & { clock: JumpingClock };
  startNodeId: string;
  /** Everything appended, in order. */
  events: EngineEvent[];
  /** How many of them were durable at each checkpoint. */
  checkpoints: number[];
}

/** A run over `workflow` with these node types, or with those of a catalog. */
export function testRun(
  workflow: WorkflowInput,
  types: Record<string, TestNode> | ExecutorCatalog,
  triggerItems: Item[] = [{ json: {} }],
): TestRun {
  const catalog = isCatalog(types) ? types : testCatalog(types);
  const clock = new JumpingClock();
  const parsed = workflowSchema.parse(workflow);
  const events: EngineEvent[] = [];
  const checkpoints: number[] = [];
  return {
    setup: {
      graph: compileGraph(parsed, catalog),
      execution: { id: 'execution', mode: 'manual' },
      workflow: { id: 'workflow', name: parsed.name, active: true },
      triggerItems,
      pinned: {},
      vars: {},
      env: {},
    },
    ports: {
      clock,
      random: () => 0.5,
      journal: {
        append: (more) => events.push(...more),
        checkpoint: async () => {
          checkpoints.push(events.length);
        },
      },
      catalog,
      services: { ...noServices, now: clock.now },
    },
    startNodeId: startNodeOf(parsed, catalog)?.id ?? '',
    events,
    checkpoints,
  };
}

const isCatalog = (types: Record<string, TestNode> | ExecutorCatalog): types is ExecutorCatalog =>
  typeof types.executor === 'function';

/** A store in memory that says what it was asked for; it keeps text, so nothing is shared with what was put in. */
export function memoryStore({ inlineBytes = 1024 * 1024, maxBytes = Number.MAX_SAFE_INTEGER } = {}) {
  const texts = new Map<string, string>();
  const log: string[] = [];
  const outputs: OutputStore = {
    inlineBytes,
    maxBytes,
    put: async (key, items, limits) => {
      const text = JSON.stringify(items);
      if (text.length > limits.maxBytes) throw new NodeError('limit', 'too large');
      await Promise.resolve();
      log.push(`put ${key}`);
      texts.set(key, text);
      return text.length;
    },
    get: async (key) => {
      log.push(`get ${key}`);
      const text = texts.get(key);
      if (text === undefined) throw new NodeError('upstream', `There is no ${key}.`);
      return JSON.parse(text) as Item[];
    },
  };
  return { outputs, log, texts };
}

/** Items that a run of a node gave; of stored ones those that are shown. */
export const given = (state: ExecutionState, node: string, run = 0, port = 'main'): Item[] =>
  shownItems(state.nodes[node]![run]!.outputs[port]!);

/** `a>b` or `a.port>b.port` as edges. */
export const edges = (...lines: string[]) =>
  lines.map((line) => {
    const [from = '', to = ''] = line.split('>').map((part) => part.trim());
    const end = (text: string) => {
      const [node = '', port = 'main'] = text.split('.');
      return { node, port };
    };
    return { from: end(from), to: end(to) };
  });

export const nodes = (types: Record<string, string>, settings: Record<string, object> = {}) =>
  Object.entries(types).map(([id, type], i) => ({
    id,
    name: id,
    type,
    position: { x: i * 100, y: 0 },
    ...settings[id],
  }));
