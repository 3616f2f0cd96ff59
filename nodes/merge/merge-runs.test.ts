import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { run } from '#engine/run.ts';
import { edges, testRun } from '#engine/testing.ts';
import type { WorkflowInput } from '#engine/workflow.ts';
import { executorCatalog } from '../executors.ts';
import { toItems } from '../testing.ts';

type Node = NonNullable<WorkflowInput['nodes']>[number];
const node = (id: string, type: string, parameters: JsonObject = {}): Node => ({
  id,
  name: id,
  type,
  parameters,
});
const set = (id: string, name: string, value: unknown): Node =>
  node(id, 'set', { fields: [{ name, type: 'any', value }] });
const wait = (id: string, seconds: number): Node => node(id, 'wait', { amount: seconds, unit: 'seconds' });
const above = (left: string, right: number): JsonObject => ({
  conditions: { combinator: 'and', rows: [{ left, operator: 'number.gt', right }] },
});

const items = [{ id: 1 }, { id: 2 }];

/** Runs to the end, also through waits that a worker would sleep through in the database. */
async function play(nodes: Node[], wires: string[], input: JsonObject[] = items, settings = {}) {
  const file = {
    name: 'w',
    nodes: [node('start', 'manual-trigger'), ...nodes],
    edges: edges(...wires),
    settings: { timeoutMs: 0, ...settings },
  };
  const { setup, ports, events } = testRun(file, executorCatalog, toItems(...input));
  let history: typeof events = [];
  for (;;) {
    const { outcome, state } = await run(setup, ports, { startNodeId: 'start', history });
    if (outcome.status === 'waiting') {
      ports.clock.time = outcome.until!;
      history = [...events];
      continue;
    }
    const jsonOf = (id: string) =>
      (state.nodes[id] ?? []).map((r) => {
        const main = r.outputs.main ?? [];
        return (Array.isArray(main) ? main : main.first).map((item) => item.json);
      });
    return { outcome, state, jsonOf };
  }
}

/** Every mode, with what it gives when `a` and `b` were added on two branches. */
const MODES: [JsonObject, JsonObject[]][] = [
  [
    { mode: 'append' },
    [
      { id: 1, a: 1 },
      { id: 2, a: 1 },
      { id: 1, b: 2 },
      { id: 2, b: 2 },
    ],
  ],
  [
    { mode: 'position' },
    [
      { id: 1, a: 1, b: 2 },
      { id: 2, a: 1, b: 2 },
    ],
  ],
  [
    { mode: 'fields', match: [{ field1: 'id', field2: 'id' }] },
    [
      { id: 1, a: 1, b: 2 },
      { id: 2, a: 1, b: 2 },
    ],
  ],
  [
    { mode: 'all' },
    [
      { id: 1, a: 1, b: 2 },
      { id: 2, a: 1, b: 2 },
      { id: 1, a: 1, b: 2 },
      { id: 2, a: 1, b: 2 },
    ],
  ],
  [
    { mode: 'choose-branch', branchInput: 2 },
    [
      { id: 1, b: 2 },
      { id: 2, b: 2 },
    ],
  ],
];

describe.each(MODES)('a merge, %j', (parameters, expected) => {
  const nodes = [set('a', 'a', 1), set('b', 'b', 2), node('m', 'merge', parameters), node('end', 'no-op')];

  test.each([
    ['both at once', [], ['start>a', 'start>b', 'a>m.input1', 'b>m.input2', 'm>end']],
    ['the second first', [], ['start>b', 'start>a', 'b>m.input2', 'a>m.input1', 'm>end']],
    ['the first late', [wait('w', 2)], ['start>w', 'w>a', 'start>b', 'a>m.input1', 'b>m.input2', 'm>end']],
    [
      'the second after a sleep in the database',
      [wait('w', 7200)],
      ['start>a', 'start>w', 'w>b', 'a>m.input1', 'b>m.input2', 'm>end'],
    ],
    [
      'both late, the second first',
      [wait('long', 7200), wait('short', 3600)],
      ['start>long', 'start>short', 'long>a', 'short>b', 'a>m.input1', 'b>m.input2', 'm>end'],
    ],
  ])('gives the same when its inputs come %s', async (_how, more, wires) => {
    for (const order of ['parallel', 'sequential']) {
      const { jsonOf, outcome } = await play([...nodes, ...more], wires, items, { order });
      expect(outcome.status).toBe('completed');
      expect(jsonOf('end')).toEqual([expected]);
    }
  });
});

describe('a merge', () => {
  const branch = [node('if', 'if', above('{{ $json.id }}', 9)), set('a', 'a', 1), set('b', 'b', 2)];
  const wires = ['start>if', 'if.true>a', 'if.false>b', 'a>m.input1', 'b>m.input2', 'm>end'];
  const end = node('end', 'no-op');

  test.each<[JsonObject, JsonObject[][]]>([
    [
      { mode: 'append' },
      [
        [
          { id: 1, b: 2 },
          { id: 2, b: 2 },
        ],
      ],
    ],
    [{ mode: 'position' }, []],
    [
      { mode: 'position', unpaired: 'keep' },
      [
        [
          { id: 1, b: 2 },
          { id: 2, b: 2 },
        ],
      ],
    ],
    [{ mode: 'fields', match: [{ field1: 'id', field2: 'id' }] }, []],
    [
      { mode: 'fields', match: [{ field1: 'id', field2: 'id' }], keep: 'enrich-input2' },
      [
        [
          { id: 1, b: 2 },
          { id: 2, b: 2 },
        ],
      ],
    ],
    [{ mode: 'all' }, []],
  ])('%j runs with what there is when the other branch was skipped', async (parameters, expected) => {
    const { jsonOf, state, outcome } = await play([...branch, node('m', 'merge', parameters), end], wires);
    expect(outcome.status).toBe('completed');
    expect(state.skipped.a).toBe(true);
    expect(state.nodes.m).toHaveLength(1);
    expect(jsonOf('end')).toEqual(expected);
  });

  test('that needs all its inputs does not run when one was skipped', async () => {
    const merge = node('m', 'merge', { mode: 'choose-branch', branchInput: 2 });
    const { state, outcome } = await play([...branch, merge, end], wires);
    expect(outcome.status).toBe('completed');
    expect(state.nodes.m).toBeUndefined();
    expect(state.skipped).toMatchObject({ m: true, end: true });
  });

  test('does not run when no branch brought anything', async () => {
    const none = node('none', 'filter', above('{{ $json.id }}', 9));
    const { state, outcome } = await play(
      [none, set('a', 'a', 1), set('b', 'b', 2), node('m', 'merge'), end],
      ['start>none', 'none>a', 'none>b', 'a>m.input1', 'b>m.input2', 'm>end'],
    );
    expect(outcome.status).toBe('completed');
    expect(state.nodes.m).toBeUndefined();
  });

  test('with an input that nothing is connected to runs with the others', async () => {
    const { jsonOf } = await play(
      [set('a', 'a', 1), node('m', 'merge', { inputs: 3 }), end],
      ['start>a', 'a>m.input1', 'start>m.input3', 'm>end'],
    );
    expect(jsonOf('end')).toEqual([[{ id: 1, a: 1 }, { id: 2, a: 1 }, { id: 1 }, { id: 2 }]]);
  });

  test('takes the same items on both inputs', async () => {
    const { jsonOf } = await play([node('m', 'merge'), end], ['start>m.input1', 'start>m.input2', 'm>end']);
    expect(jsonOf('end')).toEqual([[{ id: 1 }, { id: 2 }, { id: 1 }, { id: 2 }]]);
  });

  test('with two branches on one input runs once per delivery', async () => {
    const { jsonOf } = await play(
      [set('a', 'a', 1), set('b', 'b', 2), set('c', 'c', 3), node('m', 'merge'), end],
      ['start>a', 'start>b', 'start>c', 'a>m.input1', 'b>m.input1', 'c>m.input2', 'm>end'],
      [{ id: 1 }],
    );
    expect(jsonOf('m')).toEqual([
      [
        { id: 1, a: 1 },
        { id: 1, c: 3 },
      ],
      [{ id: 1, b: 2 }],
    ]);
  });

  test('waits for another merge that it depends on', async () => {
    const { jsonOf, state } = await play(
      [...branch, set('c', 'c', 3), node('m', 'merge'), node('n', 'merge'), end],
      [
        'start>if',
        'if.true>a',
        'if.false>b',
        'a>m.input1',
        'b>m.input2',
        'start>c',
        'm>n.input1',
        'c>n.input2',
        'n>end',
      ],
      [{ id: 1 }],
    );
    expect(state.nodes.n).toHaveLength(1);
    expect(jsonOf('end')).toEqual([
      [
        { id: 1, b: 2 },
        { id: 1, c: 3 },
      ],
    ]);
  });

  test('says which branch an item came from, so that pairing finds its way', async () => {
    const { jsonOf } = await play(
      [
        set('a', 'from', 'a{{ $json.id }}'),
        set('b', 'from', 'b{{ $json.id }}'),
        node('m', 'merge'),
        set('end', 'origin', "{{ $('start').item.json.id }}{{ $json.from }}"),
      ],
      ['start>a', 'start>b', 'a>m.input1', 'b>m.input2', 'm>end'],
    );
    expect(jsonOf('end')[0]!.map((json) => json.origin)).toEqual(['1a1', '2a2', '1b1', '2b2']);
  });

  test.each([
    ['is there already', ['start>late', 'late>l', 'start>nap']],
    ['is still on its way', ['start>nap', 'nap>late', 'late>l']],
  ])('in the body of a loop does not wait for what enters the loop later and %s', async (_how, ways) => {
    const nodes = [
      node('l', 'loop'),
      node('if', 'if', above('{{ $json.id }}', 1)),
      node('m', 'merge'),
      set('late', 'late', true),
      wait('nap', 7200), // keeps the execution busy
      end,
    ];
    const body = ['l.loop>if', 'if.true>m.input1', 'if.false>m.input2', 'm>l', 'l.done>end'];
    const file = {
      name: 'w',
      nodes: [node('start', 'manual-trigger'), ...nodes],
      edges: edges('start>l', ...ways, ...body),
    };
    const { setup, ports } = testRun(file, executorCatalog, toItems(...items));
    const { outcome, state } = await run(setup, ports, { startNodeId: 'start' });
    expect(outcome.status).toBe('waiting'); // for the nap alone
    expect(state.nodes.m!.length).toBeGreaterThanOrEqual(2);
    expect(state.nodes.end!.length).toBeGreaterThanOrEqual(1);

    const { jsonOf } = await play(nodes, ['start>l', ...ways, ...body]);
    const late = items.map((json) => ({ ...json, late: true }));
    expect(jsonOf('end')).toEqual([items, late]);
  });
});
