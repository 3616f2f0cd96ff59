import { describe, expect, it } from 'vitest';
import { run } from './run.ts';
import { edges, given, nodes, type TestNode, testRun } from './testing.ts';

const types: Record<string, TestNode> = {
  start: { trigger: true },
  mark: {
    execute: ({ items, node }) => ({
      outputs: { main: items.map(({ json }) => ({ json: { ...json, [node.id]: 1 } })) },
    }),
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
  strict: { inputs: ['input1', 'input2'], required: ['input1', 'input2'] },
};

async function ran(kinds: Record<string, string>, ...lines: string[]) {
  const file = {
    name: 'w',
    nodes: nodes(kinds),
    edges: edges(...lines),
    settings: { order: 'breadth-first' as const, timeoutMs: 0 },
  };
  const test = testRun(file, types, [{ json: { s: 1 } }]);
  const { outcome, state } = await run(test.setup, test.ports, { startNodeId: 's' });
  expect(outcome.status).toBe('completed');
  const order = test.events.flatMap((event) => (event.type === 'node.started' ? event.node : []));
  return { order, state, json: (id: string) => given(state, id).map(({ json }) => json) };
}

describe('the old order', () => {
  it('has a node run that a join needs and nothing leads to, on one empty item', async () => {
    const { order, json } = await ran(
      { s: 'start', a: 'mark', b: 'mark', c: 'mark', m: 'merge' },
      's>a',
      'a>m.input1',
      'b>c',
      'c>m.input2',
    );
    expect(order).toEqual(['s', 'a', 'b', 'c', 'm']);
    expect(json('m')).toEqual([
      { s: 1, a: 1 },
      { b: 1, c: 1 },
    ]);
  });

  it('has the branch that was not taken run as far as a join needs it', async () => {
    const { order, json } = await ran(
      { s: 'start', i: 'branch', yes: 'mark', no: 'mark', m: 'merge' },
      's>i',
      'i.true>yes',
      'i.false>no',
      'yes>m.input1',
      'no>m.input2',
    );
    expect(order).toEqual(['s', 'i', 'yes', 'no', 'm']);
    expect(json('m')).toEqual([{ s: 1, yes: 1 }, { no: 1 }]);
  });

  it('has nothing run twice that is on its way anyway', async () => {
    const { order } = await ran(
      { s: 'start', a: 'mark', b: 'mark', c: 'mark', m: 'merge' },
      's>a',
      's>b',
      'b>c',
      'a>m.input1',
      'c>m.input2',
    );
    expect(order).toEqual(['s', 'a', 'b', 'c', 'm']);
  });

  it('takes an empty output for an answer on every input but the first', async () => {
    const { order, json } = await ran(
      { s: 'start', i: 'branch', m: 'merge' },
      's>i',
      'i.true>m.input1',
      'i.false>m.input2',
    );
    expect(order).toEqual(['s', 'i', 'm']);
    expect(json('m')).toEqual([{ s: 1 }]);
  });

  it('waits for a first input that nothing is connected to, and runs when nothing else can', async () => {
    const kinds = { s: 'start', a: 'mark', b: 'mark' };
    const lines = ['s>m.input2', 's>a', 'a>b'];
    expect((await ran({ ...kinds, m: 'merge' }, ...lines)).order).toEqual(['s', 'a', 'b', 'm']);
    expect((await ran({ ...kinds, m: 'strict' }, ...lines)).order).toEqual(['s', 'a', 'b']);
  });

  it('drops a join that only heard of empty outputs', async () => {
    const { order, state } = await ran(
      { s: 'start', i: 'branch', m: 'merge', after: 'mark' },
      's>i',
      'i.false>m.input1',
      'i.false>m.input2',
      'm>after',
    );
    expect(order).toEqual(['s', 'i']);
    expect(Object.keys(state.skipped).sort()).toEqual(['after', 'm']);
  });
});
