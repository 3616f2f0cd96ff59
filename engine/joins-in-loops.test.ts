import { describe, expect, it } from 'vitest';
import type { NodeResult } from './node.ts';
import { run } from './run.ts';
import { edges, given, nodes, type TestNode, testRun } from './testing.ts';

const types: Record<string, TestNode> = {
  start: { trigger: true },
  pass: {},
  slow: {
    execute: async ({ items }) => {
      for (let i = 0; i < 5; i++) await new Promise((resolve) => setImmediate(resolve));
      return { outputs: { main: items } };
    },
  },
  branch: {
    cycle: 'branch',
    outputs: ['true', 'false'],
    execute: ({ items }) => ({ outputs: { true: items, false: [] } }),
  },
  merge: {
    inputs: ['input1', 'input2'],
    execute: ({ inputs }) => ({ outputs: { main: [...(inputs.input1 ?? []), ...(inputs.input2 ?? [])] } }),
  },
  loop: {
    cycle: 'loop',
    outputs: ['done', 'loop'],
    execute: async ({ loop }): Promise<NodeResult> => {
      const batch = loop!.entered.slice(loop!.iteration, loop!.iteration + 1);
      return { outputs: batch.length > 0 ? { loop: batch } : { done: await loop!.returned() } };
    },
  },
};

/** A pass of the loop: one arm leads to `outer` directly, the other by way of `inner`, which gets only one of its inputs. */
const file = (shortArm: string, longArm: string, order: string) => ({
  name: 'w',
  nodes: nodes({
    s: 'start',
    l: 'loop',
    short: shortArm,
    long: longArm,
    b: 'branch',
    x: 'pass',
    inner: 'merge',
    outer: 'merge',
    d: 'pass',
  }),
  edges: edges(
    's>l',
    'l.loop>short',
    'l.loop>long',
    'long>b',
    'b.true>inner.input1',
    'b.false>x',
    'x>inner.input2',
    'short>outer.input1',
    'inner>outer.input2',
    'outer>l',
    'l.done>d',
  ),
  settings: { order: order as 'parallel', timeoutMs: 0 },
});

describe('two joins in a loop, one behind the other', () => {
  it.each([
    ['parallel', 'pass', 'slow'],
    ['parallel', 'slow', 'pass'],
    ['sequential', 'pass', 'pass'],
    ['breadth-first', 'pass', 'pass'],
  ])('run once per pass, the first one first (%s; %s, %s)', async (order, shortArm, longArm) => {
    const test = testRun(file(shortArm, longArm, order), types, [{ json: { n: 1 } }, { json: { n: 2 } }]);
    const { outcome, state } = await run(test.setup, test.ports, { startNodeId: 's' });
    expect(outcome.status).toBe('completed');
    expect(state.nodes.inner).toHaveLength(2);
    expect(state.nodes.outer).toHaveLength(2);
    // in the old order `x` runs although it gets nothing, on an item without a number
    expect(given(state, 'd').flatMap((i) => i.json.n ?? [])).toEqual([1, 1, 2, 2]);
  });
});

it('two branches of one node enter a loop one after the other', async () => {
  const both: TestNode = {
    outputs: ['a', 'b'],
    execute: ({ items }) => ({ outputs: { a: items.slice(0, 1), b: items.slice(1) } }),
  };
  const workflow = {
    name: 'w',
    nodes: nodes({ s: 'start', both: 'both', l: 'loop', body: 'pass' }),
    edges: edges('s>both', 'both.a>l', 'both.b>l', 'l.loop>body', 'body>l'),
  };
  const items = [{ json: { n: 1 } }, { json: { n: 2 } }];
  const { setup, ports } = testRun(workflow, { ...types, both }, items);
  const { state } = await run(setup, ports, { startNodeId: 's' });
  const runs = state.nodes.l!.map(({ sources }) => sources.main![0]!.node);
  expect(runs).toEqual(['both', 'body', 'both', 'body']); // each pass is over before the next one begins
});
