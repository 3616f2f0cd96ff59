import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NodeError } from './errors.ts';
import type { EngineEvent } from './events.ts';
import type { NodeResult } from './node.ts';
import { run } from './run.ts';
import { apply, initialState, isTerminal, reduce } from './state.ts';
import { nodes as nodesOf, type TestNode, testRun } from './testing.ts';

/** Random acyclic graphs of these types, some nodes failing or slow; edges lead from lower to higher numbers. */
const types: Record<string, TestNode> = {
  start: { trigger: true },
  pass: { effect: 'pure' },
  write: { effect: 'write' },
  branch: {
    cycle: 'branch',
    outputs: ['true', 'false'],
    execute: ({ items, node }) => ({
      outputs: node.id.length % 2 === 0 ? { true: items, false: [] } : { true: [], false: items },
    }),
  },
  merge: {
    inputs: ['input1', 'input2'],
    execute: ({ inputs }) => ({ outputs: { main: Object.values(inputs).flat() } }),
  },
  slow: {
    effect: 'read',
    execute: async ({ items }) => {
      await new Promise((resolve) => setImmediate(resolve));
      return { outputs: { main: items } };
    },
  },
  fail: { execute: () => Promise.reject(new NodeError('upstream', 'down')) },
  ask: {
    execute: ({ items, call, expired, services }): NodeResult =>
      call || expired
        ? { outputs: { main: items } }
        : { outputs: {}, wait: { until: services.now() + 1000, call: true, completeWithOutputs: false } },
  },
};
const kinds = ['pass', 'write', 'branch', 'merge', 'slow', 'pass', 'ask', 'pass', 'fail'] as const;
/** Somebody calls for every other run; the rest expires. */
const calls = {
  known: Array.from({ length: 12 }, (_, i) =>
    [0, 2].map((run) => ({ node: `n${'x'.repeat(i % 2)}${i}`, run, data: 1, at: 1 })),
  ).flat(),
  listen: () => undefined,
};

const graph = fc
  .record({
    kinds: fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 12 }),
    edges: fc.array(fc.tuple(fc.nat(12), fc.nat(12), fc.boolean(), fc.boolean()), { maxLength: 24 }),
    order: fc.constantFrom('parallel', 'sequential', 'breadth-first'),
    onError: fc.constantFrom('stop', 'continue', 'error-port'),
  })
  .map(({ kinds: list, edges, order, onError }) => {
    const ids = ['s', ...list.map((_, i) => `n${'x'.repeat(i % 2)}${i}`)];
    const typeOf = ['start', ...list];
    const wires = edges.flatMap(([a, b, second, side]) => {
      const from = Math.min(a, b) % ids.length;
      const to = Math.max(a, b) % ids.length;
      if (from >= to) return [];
      return [
        {
          from: { node: ids[from]!, port: typeOf[from] === 'branch' ? (side ? 'true' : 'false') : 'main' },
          to: { node: ids[to]!, port: typeOf[to] === 'merge' ? (second ? 'input2' : 'input1') : 'main' },
        },
      ];
    });
    return {
      name: 'random',
      nodes: nodesOf(
        Object.fromEntries(ids.map((id, i) => [id, typeOf[i]!])),
        Object.fromEntries(ids.map((id) => [id, { settings: { onError } }])),
      ),
      edges: wires,
      settings: { order },
    } as Parameters<typeof testRun>[0];
  });

const RUNS = Number(process.env.PROPERTY_RUNS ?? 300);
const items = [{ json: { n: 1 } }, { json: { n: 2 } }];

const isEnd = (e: EngineEvent) =>
  e.type === 'execution.completed' || e.type === 'execution.failed' || e.type === 'execution.cancelled';

describe('any graph', () => {
  it('ends exactly once, settles every run exactly once, and replays to the same state', async () => {
    await fc.assert(
      fc.asyncProperty(graph, async (file) => {
        const test = testRun(file, types, items);
        const { state } = await run(test.setup, test.ports, { startNodeId: 's', calls });
        expect(isTerminal(state.status)).toBe(true);
        expect(test.events.filter(isEnd)).toHaveLength(1);
        expect(isEnd(test.events.at(-1)!)).toBe(true);
        expect(test.events.map((e) => e.seq)).toEqual(test.events.map((_, i) => i + 1));
        const settled = test.events.flatMap((e) =>
          e.type === 'node.completed' || e.type === 'node.failed' ? [`${e.node}#${e.run}`] : [],
        );
        const started = test.events.flatMap((e) => (e.type === 'node.started' ? [`${e.node}#${e.run}`] : []));
        expect(new Set(settled).size).toBe(settled.length);
        const asleep = Object.entries(state.nodes).flatMap(([node, runs]) =>
          runs.flatMap((r, run) => (r.wait ? [`${node}#${run}`] : [])),
        );
        if (asleep.length > 0) expect(state.status).toBe('failed'); // the failure of another came before its time
        expect([...settled, ...asleep].sort()).toEqual(started.sort());
        expect(test.events.reduce(reduce, initialState())).toEqual(state);
        const skippedAndRan = Object.keys(state.skipped).filter((id) => state.nodes[id]);
        expect(skippedAndRan).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('continues from any cut of its journal to an end, without repeating what had ended', async () => {
    await fc.assert(
      fc.asyncProperty(graph, fc.nat(200), async (file, at) => {
        const first = testRun(file, types, items);
        await run(first.setup, first.ports, { startNodeId: 's', calls });
        const history = first.events.slice(0, at % first.events.length);
        const again = testRun(file, types, items);
        const { state } = await run(again.setup, again.ports, { startNodeId: 's', history, calls });
        expect(isTerminal(state.status)).toBe(true);
        const done = new Set(
          history.flatMap((e) => (e.type === 'node.completed' ? [`${e.node}#${e.run}`] : [])),
        );
        const repeated = again.events.flatMap((e) =>
          e.type === 'node.completed' && done.has(`${e.node}#${e.run}`) ? [e.node] : [],
        );
        expect(repeated).toEqual([]);
        expect([...history, ...again.events].reduce((s, e) => apply(s, e), initialState())).toEqual(state);
      }),
      { numRuns: RUNS },
    );
  });

  it('may be cancelled at any event', async () => {
    await fc.assert(
      fc.asyncProperty(graph, fc.nat(60), async (file, at) => {
        const test = testRun(file, types, items);
        const cancel = new AbortController();
        const append = test.ports.journal.append;
        test.ports.journal.append = (events) => {
          append(events);
          if (test.events.length >= at) cancel.abort();
        };
        const { state } = await run(test.setup, test.ports, {
          startNodeId: 's',
          cancel: cancel.signal,
          calls,
        });
        expect(isTerminal(state.status)).toBe(true);
        expect(test.events.filter(isEnd)).toHaveLength(1);
      }),
      { numRuns: RUNS },
    );
  });
});
