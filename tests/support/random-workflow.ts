import fc from 'fast-check';
import type { WorkflowInput } from '#engine/workflow.ts';

/**
 * Random workflows for property tests. Their node types are names only (`pass`, `write`, `merge2` …); what these do is up
 * to the test.
 */
export const STEPS = [
  'pass',
  'write',
  'slow',
  'flaky',
  'flakyWrite',
  'shortWait',
  'longWait',
  'drop',
] as const;
type Step = (typeof STEPS)[number];

/** What a person would draw: rows, branches, fans, loops and error ports, each with one way in and at most one way out. */
type Block =
  | { kind: 'step'; type: Step; settings: object }
  | { kind: 'row'; blocks: Block[] }
  | { kind: 'branch'; yes: Block; no: Block; joined: boolean }
  | { kind: 'fan'; arms: Block[]; joined: boolean }
  | { kind: 'loop'; body: Block }
  | { kind: 'rescue'; rescue: Block; joined: boolean }
  | { kind: 'fail'; onError: 'stop' | 'continue' };

interface End {
  node: string;
  port: string;
}

type Nodes = NonNullable<WorkflowInput['nodes']>;
type Edges = NonNullable<WorkflowInput['edges']>;

const settings = fc.oneof(
  { weight: 8, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: fc.constant({ executeOnce: true }) },
  { weight: 1, arbitrary: fc.constant({ alwaysOutput: true }) },
);
const step = (types: readonly Step[]) =>
  fc.record({ kind: fc.constant('step' as const), type: fc.constantFrom(...types), settings });

const { block } = fc.letrec<{ block: Block }>((tie) => {
  const inner = tie('block');
  return {
    block: fc.oneof(
      { maxDepth: 4, depthSize: 'medium', withCrossShrink: true },
      { weight: 4, arbitrary: step(STEPS) },
      { weight: 2, arbitrary: step(['write']) },
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant('row' as const),
          blocks: fc.array(inner, { minLength: 1, maxLength: 4 }),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant('branch' as const),
          yes: inner,
          no: inner,
          joined: fc.boolean(),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant('fan' as const),
          arms: fc.array(inner, { minLength: 2, maxLength: 3 }),
          joined: fc.boolean(),
        }),
      },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('loop' as const), body: inner }) },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('rescue' as const),
          rescue: inner,
          joined: fc.boolean(),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('fail' as const),
          onError: fc.constantFrom('continue' as const, 'continue' as const, 'stop' as const),
        }),
      },
    ),
  };
});

const order = fc.constantFrom(
  'parallel' as const,
  'parallel' as const,
  'sequential' as const,
  'breadth-first' as const,
);

/** Workflows whose results do not depend on which of two branches is faster. */
export const drawnWorkflow: fc.Arbitrary<WorkflowInput> = fc
  .record({ blocks: fc.array(block, { minLength: 1, maxLength: 4 }), order })
  .map(({ blocks, order }) => draw({ kind: 'row', blocks }, { order, timeoutMs: 0 }));

const KINDS = [...STEPS, 'pass', 'write', 'branch', 'merge2', 'fail', 'loop'] as const;
/** The port by which most items leave. */
const OUT: Record<string, string> = { loop: 'done' };

/**
 * Any graph, with joins, dead ends and ways into a loop anywhere. Edges lead from lower to higher numbers; the only circles
 * are loops over one node of their own.
 */
export const anyGraph: fc.Arbitrary<WorkflowInput> = fc
  .record({
    kinds: fc.array(fc.constantFrom(...KINDS), { minLength: 1, maxLength: 12, size: 'max' }),
    wires: fc.array(fc.tuple(fc.nat(12), fc.nat(12), fc.boolean(), fc.boolean()), { maxLength: 12 }),
    first: fc.array(fc.tuple(fc.nat(12), fc.boolean(), fc.boolean()), { minLength: 12, maxLength: 12 }),
    order: fc.constantFrom('parallel' as const, 'sequential' as const, 'breadth-first' as const),
    onError: fc.constantFrom('stop' as const, 'continue' as const, 'error-port' as const),
  })
  .map(({ kinds, wires, first, order, onError }) => {
    const types = ['start', ...kinds];
    // every node has an edge from some node before it, so that most of them are reached
    const tree = kinds.map((_, i): (typeof wires)[number] => {
      const [from, second, side] = first[i]!;
      return [from % (i + 1), i + 1, second, side];
    });
    const drawn: Edges = [...tree, ...wires].flatMap(([a, b, second, side]) => {
      const from = Math.min(a, b) % types.length;
      const to = Math.max(a, b) % types.length;
      if (from >= to) return [];
      return {
        from: {
          node: `n${from}`,
          port: types[from] === 'branch' ? (side ? 'true' : 'false') : (OUT[types[from]!] ?? 'main'),
        },
        to: { node: `n${to}`, port: types[to] === 'merge2' ? (second ? 'input2' : 'input1') : 'main' },
      };
    });
    const bodies = types.flatMap((type, i) => (OUT[type] === 'done' ? [i] : []));
    for (const i of bodies)
      drawn.push(
        { from: { node: `n${i}`, port: 'loop' }, to: { node: `body${i}`, port: 'main' } },
        { from: { node: `body${i}`, port: 'main' }, to: { node: `n${i}`, port: 'main' } },
      );
    const edges = [...new Map(drawn.map((edge) => [JSON.stringify(edge), edge])).values()];
    const nodes: Nodes = types.map((type, i) => ({
      id: `n${i}`,
      name: `n${i}`,
      type,
      position: { x: i * 100, y: 0 },
      settings: { onError, ...(type.startsWith('flaky') ? { retry: RETRY } : {}) },
    }));
    for (const i of bodies)
      nodes.push({
        id: `body${i}`,
        name: `body${i}`,
        type: i % 2 ? 'pass' : 'write',
        position: { x: i * 100, y: 50 },
      });
    return { name: 'any graph', nodes, edges, settings: { order, timeoutMs: 0 } };
  });

/** Flaky nodes fail twice; the second pause is one that is slept through in the database. */
const RETRY = { maxAttempts: 3, delayMs: 4_000, backoff: 'exponential', jitter: false } as const;

function draw(root: Block, settings: WorkflowInput['settings']): WorkflowInput {
  const nodes: Nodes = [];
  const edges: Edges = [];
  const add = (type: string, from: End | null, more: object = {}, port = 'main'): string => {
    const id = `${type}${nodes.length}`;
    nodes.push({ id, name: id, type, position: { x: nodes.length * 100, y: 0 }, settings: more });
    if (from) edges.push({ from, to: { node: id, port } });
    return id;
  };
  const join = (ends: (End | null)[]): End | null => {
    const open = ends.filter((end) => end !== null);
    if (open.length < 2) return open[0] ?? null;
    const node = add(`merge${open.length}`, null);
    open.forEach((from, i) => {
      edges.push({ from, to: { node, port: `input${i + 1}` } });
    });
    return { node, port: 'main' };
  };
  const place = (block: Block, from: End): End | null => {
    switch (block.kind) {
      case 'step': {
        const retry = block.type.startsWith('flaky') ? { retry: RETRY } : {};
        return { node: add(block.type, from, { ...block.settings, ...retry }), port: 'main' };
      }
      case 'fail':
        return { node: add('fail', from, { onError: block.onError }), port: 'main' };
      case 'row':
        return block.blocks.reduce<End | null>((end, next) => end && place(next, end), from);
      case 'branch': {
        const node = add('branch', from);
        const yes = place(block.yes, { node, port: 'true' });
        const no = place(block.no, { node, port: 'false' });
        return block.joined ? join([yes, no]) : yes;
      }
      case 'fan': {
        const node = add('pass', from);
        const arms = block.arms.map((arm) => place(arm, { node, port: 'main' }));
        return block.joined ? join(arms) : arms[0]!;
      }
      case 'loop': {
        const node = add('loop', from);
        const back = place(block.body, { node, port: 'loop' });
        if (back) edges.push({ from: back, to: { node, port: 'main' } });
        return { node, port: 'done' };
      }
      case 'rescue': {
        const node = add('fail', from, { onError: 'error-port' });
        const rescued = place(block.rescue, { node, port: 'error' });
        return block.joined ? join([{ node, port: 'main' }, rescued]) : rescued;
      }
    }
  };
  place(root, { node: add('start', null), port: 'main' });
  return { name: 'drawn workflow', nodes, edges, settings };
}
