import type { EngineEvent } from './events.ts';
import { compileGraph } from './graph.ts';
import type { Item } from './item.ts';
import type {
  ExecuteContext,
  ExecutorCatalog,
  NodeExecutor,
  NodeResult,
  NodeServices,
  NodeSpec,
} from './node.ts';
import type { RunSetup } from './node-run.ts';
import type { Clock, RunPorts } from './ports.ts';
import { startNodeOf } from './start.ts';
import { type WorkflowInput, workflowSchema } from './workflow.ts';

/** In-memory ports for tests of the engine: a catalog of tiny nodes, a clock that jumps, a journal that remembers. */
export interface TestNode {
  inputs?: string[];
  outputs?: string[];
  effect?: 'pure' | 'read' | 'write';
  cycle?: NodeSpec['cycle'];
  required?: string[];
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

const noServices: NodeServices = {
  http: { request: () => Promise.reject(new Error('no network in this test')) },
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

/** A run over `workflow` with these node types; `{name: 'A->B'}`-style edges are written out as in a file. */
export function testRun(
  workflow: WorkflowInput,
  types: Record<string, TestNode>,
  triggerItems: Item[] = [{ json: {} }],
): TestRun {
  const catalog = testCatalog(types);
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
      clock: new JumpingClock(),
      random: () => 0.5,
      journal: {
        append: (more) => events.push(...more),
        checkpoint: async () => {
          checkpoints.push(events.length);
        },
      },
      catalog,
      services: noServices,
    },
    startNodeId: startNodeOf(parsed, catalog)?.id ?? '',
    events,
    checkpoints,
  };
}

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
