import { describe, expect, it } from 'vitest';
import { NodeError } from './errors.ts';
import type { EngineEvent } from './events.ts';
import { type Item, isStored, type Output, type StoredItems } from './item.ts';
import { LargeOutputs } from './large-outputs.ts';
import type { NodeResult } from './node.ts';
import { MAX_OUTPUT_ITEMS } from './output-size.ts';
import { run } from './run.ts';
import { createSchedule } from './schedule.ts';
import { type ExecutionState, initialState, reduce } from './state.ts';
import { edges, memoryStore, nodes, type TestNode, testRun } from './testing.ts';

const TEXT = 'x'.repeat(1000);
const big = (count = 3000): Item[] =>
  Array.from({ length: count }, (_, n) => ({ json: { n, text: TEXT }, source: { item: 0 } }));

const types: Record<string, TestNode> = {
  start: { trigger: true },
  big: { execute: () => ({ outputs: { main: big() } }) },
  count: {
    execute: ({ items }) => ({
      outputs: { main: [{ json: { count: items.length, last: items.at(-1)?.json.n } }] },
    }),
  },
  keep: { execute: ({ items }) => ({ outputs: { main: items } }) },
  split: {
    outputs: ['true', 'false'],
    execute: ({ items }) => ({ outputs: { true: items.slice(2), false: items.slice(0, 2) } }),
  },
  template: {
    execute: ({ rawParameters, evaluate, items }) => ({
      outputs: { main: [{ json: { value: evaluate(String(rawParameters.value), items.length - 1) } }] },
    }),
  },
  merge: {
    inputs: ['input1', 'input2'],
    execute: ({ inputs }) => ({
      outputs: { main: [{ json: { counts: Object.values(inputs).map((items) => items.length) } }] },
    }),
  },
  loop: {
    cycle: 'loop',
    outputs: ['done', 'loop'],
    execute: async ({ loop }): Promise<NodeResult> => {
      const batch = loop!.entered.slice(loop!.iteration * 1500, (loop!.iteration + 1) * 1500);
      return { outputs: batch.length > 0 ? { loop: batch } : { done: await loop!.returned() } };
    },
  },
};

type Ids = Record<string, string>;
function prepare(ids: Ids, lines: string[], values: Record<string, string> = {}, store = memoryStore()) {
  const settings = Object.fromEntries(
    Object.entries(values).map(([id, value]) => [id, { parameters: { value } }]),
  );
  const test = testRun({ name: 'w', nodes: nodes(ids, settings), edges: edges(...lines) }, types);
  test.ports.outputs = store.outputs;
  const start = (history: EngineEvent[] = []) =>
    run(test.setup, test.ports, { startNodeId: test.startNodeId, history });
  return { test, store, start };
}
const stored = (output: Output | undefined): StoredItems => {
  if (!output || !isStored(output)) throw new Error('not stored');
  return output;
};
/** The history up to where this node has ended. */
const until = (events: EngineEvent[], node: string) =>
  events.slice(0, events.findIndex((e) => e.type === 'node.completed' && e.node === node) + 1);

describe('large outputs', () => {
  it('go to the store before their event, which holds a reference and the first items', async () => {
    const { test, store, start } = prepare({ s: 'start', b: 'big', c: 'count' }, ['s>b', 'b>c']);
    const { append } = test.ports.journal;
    test.ports.journal.append = (events) => {
      for (const e of events) if (e.type === 'node.completed') store.log.push(`journal ${e.node}`);
      append(events);
    };
    const { state } = await start();
    expect(store.log).toEqual(['journal s', 'put executions/execution/b-0-main-i', 'journal b', 'journal c']);
    const reference = stored(state.nodes.b![0]!.outputs.main);
    expect(reference).toMatchObject({ stored: 'executions/execution/b-0-main-i', length: 3000 });
    expect(reference.bytes).toBe(JSON.stringify(big()).length);
    expect(reference.first.length).toBeGreaterThan(10);
    expect(reference.first).toEqual(big(reference.first.length));
    expect(JSON.stringify(test.events).length).toBeLessThan(100_000);
    expect(state.nodes.c![0]!.outputs.main).toMatchObject([{ json: { count: 3000, last: 2999 } }]);
  });

  it('fold from the journal to the state that the run ended with', async () => {
    const { test, start } = prepare({ s: 'start', b: 'big', i: 'split', c: 'count' }, [
      's>b',
      'b>i',
      'i.true>c',
    ]);
    const { state } = await start();
    expect(test.events.reduce(reduce, initialState())).toEqual(state);
  });

  it('leave small ports of the same run where they are', async () => {
    const { start } = prepare({ s: 'start', b: 'big', i: 'split', c: 'count' }, ['s>b', 'b>i', 'i.true>c']);
    const { outputs } = (await start()).state.nodes.i![0]!;
    expect(stored(outputs.true).length).toBe(2998);
    expect(outputs.false).toHaveLength(2);
    expect(isStored(outputs.false!)).toBe(false);
  });

  it('cost small executions no call of the store', async () => {
    const { store, start } = prepare({ s: 'start', k: 'keep', c: 'count' }, ['s>k', 'k>c']);
    const { state } = await start();
    expect(store.log).toEqual([]);
    expect(state.nodes.c![0]!.outputs.main).toMatchObject([{ json: { count: 1 } }]);
  });

  it('are loaded as input after a restart', async () => {
    const { test, store, start } = prepare({ s: 'start', b: 'big', c: 'count' }, ['s>b', 'b>c']);
    await start();
    store.log.length = 0;
    const { state } = await start(until(test.events, 'b'));
    expect(store.log).toEqual(['get executions/execution/b-0-main-i']);
    expect(state.nodes.c![0]!.outputs.main).toMatchObject([{ json: { count: 3000, last: 2999 } }]);
  });

  it('are loaded once for two branches that need them', async () => {
    const { test, store, start } = prepare({ s: 'start', b: 'big', c: 'count', d: 'count' }, [
      's>b',
      'b>c',
      'b>d',
    ]);
    await start();
    store.log.length = 0;
    const { state } = await start(until(test.events, 'b'));
    expect(store.log).toEqual(['get executions/execution/b-0-main-i']);
    expect(state.nodes.d![0]!.outputs.main).toMatchObject([{ json: { count: 3000 } }]);
  });

  it.each([
    ["{{ $('b').all().length }}", 3000],
    ["{{ $('b').last().json.n }}", 2999],
    ['{{ $node["b"].json.n }}', 2999],
    ['{{ $node.b.json.n }}', 2999],
    ["{{ $items('b').length }}", 3000],
    ["{{ $('b').item.json.n }}", 2999],
    ["{{ $(['b'][0]).all(0, 0).length }}", 3000],
  ])('are loaded after a restart for %s', async (value, expected) => {
    const { test, store, start } = prepare(
      { s: 'start', b: 'big', k: 'keep', t: 'template' },
      ['s>b', 'b>k', 'k>t'],
      { t: value },
    );
    await start();
    store.log.length = 0;
    const { state } = await start(until(test.events, 'k'));
    expect(state.nodes.t![0]!.outputs.main).toMatchObject([{ json: { value: expected } }]);
    expect(store.log).toContain('get executions/execution/b-0-main-i');
  });

  it('are not loaded for expressions that see their input only', async () => {
    const { test, store, start } = prepare(
      { s: 'start', b: 'big', c: 'count', t: 'template' },
      ['s>b', 'b>c', 'c>t'],
      { t: '{{ $json.count + $items().length }} of {{ $now.year }}, $5' },
    );
    await start();
    store.log.length = 0;
    const { state } = await start(until(test.events, 'c'));
    expect(store.log).toEqual([]);
    expect(state.nodes.t![0]!.outputs.main).toMatchObject([{ json: { value: '3001 of 1970, $5' } }]);
  });

  it('fail the node that needs them when they are gone', async () => {
    const { test, store, start } = prepare({ s: 'start', b: 'big', c: 'count' }, ['s>b', 'b>c']);
    await start();
    store.texts.clear();
    const { state, outcome } = await start(until(test.events, 'b'));
    expect(outcome.status).toBe('failed');
    expect(state.failedNode).toBe('c');
  });

  it('wait for the other side of a join, and go through a loop', async () => {
    const { start } = prepare({ s: 'start', b: 'big', l: 'loop', k: 'keep', m: 'merge' }, [
      's>b',
      'b>l',
      'l.loop>k',
      'k>l',
      'l.done>m.input1',
      'b>m.input2',
    ]);
    const { state, outcome } = await start();
    expect(outcome.status).toBe('completed');
    expect(stored(state.nodes.l!.at(-1)!.outputs.done).length).toBe(3000);
    expect(state.nodes.m![0]!.outputs.main).toMatchObject([{ json: { counts: [3000, 3000] } }]);
  });

  it('that the store refuses fail their node, or flow on as its setting says', async () => {
    const small = prepare(
      { s: 'start', b: 'big', c: 'count' },
      ['s>b', 'b>c'],
      {},
      memoryStore({ maxBytes: 2_000_000 }),
    );
    const { state, outcome } = await small.start();
    expect(outcome.status).toBe('failed');
    expect(state.nodes.b![0]!.error).toMatchObject({ kind: 'limit', retryable: false });
  });

  it('whose failure cannot be kept either end the execution', async () => {
    const bad: TestNode = { execute: () => Promise.reject(new NodeError('upstream', 'down')) };
    const store = memoryStore();
    const test = testRun(
      {
        name: 'w',
        nodes: nodes({ s: 'start', b: 'big', x: 'bad' }, { x: { settings: { onError: 'continue' } } }),
        edges: edges('s>b', 'b>x'),
      },
      { ...types, bad },
    );
    const { put } = store.outputs;
    test.ports.outputs = {
      ...store.outputs,
      put: (key, items, limits) =>
        key.includes('/x-') ? Promise.reject(new NodeError('upstream', 'full')) : put(key, items, limits),
    };
    const { state, outcome } = await run(test.setup, test.ports, { startNodeId: test.startNodeId });
    expect(outcome.status).toBe('failed');
    expect(state.nodes.x![0]!.error?.message).toBe('full');
  });
});

describe('with everything in the store', () => {
  const ids = {
    s: 'start',
    f: 'few',
    i: 'split',
    k: 'keep',
    x: 'keep',
    m: 'merge',
    l: 'loop',
    y: 'keep',
    t: 'template',
  };
  const lines = [
    's>f',
    'f>i',
    'i.true>k',
    'i.false>x',
    'k>m.input1',
    'x>m.input2',
    'k>l',
    'l.loop>y',
    'y>l',
    'l.done>t',
  ];
  const few: TestNode = { execute: () => ({ outputs: { main: big(8) } }) };
  const made = (store: ReturnType<typeof memoryStore> | null) => {
    const value =
      "{{ $('f').item.json.n }} {{ $('i').all(0, 0).length }} {{ $('k').item.json.n }} {{ $('y').last().json.n }}";
    const test = testRun(
      { name: 'w', nodes: nodes(ids, { t: { parameters: { value } } }), edges: edges(...lines) },
      { ...types, few },
    );
    if (store) test.ports.outputs = store.outputs;
    return test;
  };
  const itemsOf = (state: ExecutionState, store: ReturnType<typeof memoryStore>) =>
    Object.entries(state.nodes).map(([id, runs]) => [
      id,
      runs.map(({ outputs }) =>
        Object.entries(outputs).map(([port, output]) => [
          port,
          isStored(output) ? (JSON.parse(store.texts.get(output.stored)!) as Item[]) : output,
        ]),
      ),
    ]);

  it('nodes see the same as without, from wherever an execution goes on', async () => {
    const plain = made(null);
    const wanted = itemsOf((await run(plain.setup, plain.ports, { startNodeId: 's' })).state, memoryStore());
    expect(JSON.stringify(wanted)).toContain('"value":"7 6 7 7"');
    const store = memoryStore({ inlineBytes: 0 });
    const test = made(store);
    const { state } = await run(test.setup, test.ports, { startNodeId: 's' });
    expect(itemsOf(state, store)).toEqual(wanted);
    expect(store.texts.size).toBeGreaterThan(10);
    for (let end = 1; end < test.events.length; end++) {
      const again = made(store);
      const history = test.events.slice(0, end);
      const resumed = await run(again.setup, again.ports, { startNodeId: 's', history });
      expect(itemsOf(resumed.state, store)).toEqual(wanted);
    }
  });
});

describe('in reach of expressions', () => {
  const pair: TestNode = {
    inputs: ['input1', 'input2'],
    execute: ({ inputs }) => ({
      outputs: {
        main: inputs.input1!.map((item, n) => ({
          json: item.json,
          source: [{ item: n }, { item: n, port: 'input2' }],
        })),
      },
    }),
  };
  const one: TestNode = {
    cycle: 'loop',
    outputs: ['done', 'loop'],
    execute: async ({ loop }): Promise<NodeResult> => {
      const batch = loop!.entered.slice(loop!.iteration, loop!.iteration + 1);
      return { outputs: batch.length > 0 ? { loop: batch } : { done: await loop!.returned() } };
    },
  };
  const each: TestNode = {
    execute: ({ rawParameters, evaluate, items }) => ({
      outputs: { main: items.map((_, n) => ({ json: { value: evaluate(String(rawParameters.value), n) } })) },
    }),
  };
  const many: TestNode = { execute: () => ({ outputs: { main: big(40) } }) };
  const valuesOf = async (ids: Ids, lines: string[], value: string, stored: boolean) => {
    const test = testRun(
      { name: 'w', nodes: nodes(ids, { t: { parameters: { value } } }), edges: edges(...lines) },
      { ...types, pair, one, many, each },
    );
    const store = memoryStore({ inlineBytes: 0 });
    if (stored) test.ports.outputs = store.outputs;
    await run(test.setup, test.ports, { startNodeId: 's' });
    // once more from the middle, where nothing is in memory
    const history = test.events.slice(0, Math.floor(test.events.length / 2));
    const { state } = await run(test.setup, test.ports, { startNodeId: 's', history });
    return state.nodes.t!.map((one) => {
      const { main = [] } = one.outputs;
      return (isStored(main) ? (JSON.parse(store.texts.get(main.stored)!) as Item[]) : main).map(
        (i) => i.json,
      );
    });
  };

  it.each([
    [
      "{{ $('a').item.json.n }}",
      { s: 'start', a: 'many', b: 'many', m: 'pair', t: 'each' },
      ['s>a', 's>b', 'a>m.input1', 'b>m.input2', 'm>t'],
    ],
    [
      "{{ $('l').item.json.n }} {{ $('a').item.json.n }}",
      { s: 'start', a: 'many', l: 'one', t: 'each' },
      ['s>a', 'a>l', 'l.loop>t', 't>l'],
    ],
    [
      "{{ $('k').item.json.n }}",
      { s: 'start', a: 'many', l: 'one', x: 'keep', k: 'keep', t: 'each' },
      ['s>a', 'a>l', 'l.loop>x', 'x>k', 'k>l', 'l.done>t'],
    ],
  ])('%s sees the same with and without a store', async (value, ids: Ids, lines) => {
    const plain = await valuesOf(ids, lines, value, false);
    expect(JSON.stringify(plain)).toMatch(/"value":"?39/);
    expect(await valuesOf(ids, lines, value, true)).toEqual(plain);
  });
});

describe('LargeOutputs', () => {
  const make = () => {
    const { test, store } = prepare({ s: 'start', b: 'big' }, ['s>b']);
    const state = initialState();
    const large = new LargeOutputs(test.ports, 'e', state, createSchedule(test.setup.graph, 's'));
    return { large, state, store };
  };
  const signal = new AbortController().signal;

  it('lets go of what nobody needs any more, and gets it again when asked', async () => {
    const { large, state } = make();
    const outputs = await large.keep({ node: 'b', run: 0 }, { main: big() }, signal);
    const output = stored(outputs.main);
    expect(large.items(output)).toHaveLength(3000);
    const giveBack = await large.borrow([output]);
    large.release();
    expect(large.items(output)).toHaveLength(3000);
    giveBack?.();
    large.release();
    expect(() => large.items(output)).toThrow('not at hand');
    const back = await large.borrow([output]);
    expect(large.items(output)).toHaveLength(3000);
    back?.();
    state.nodes.b = [{ status: 'completed', sources: {}, outputs, attempt: 1, startedAt: 0, durationMs: 1 }];
    large.observe({
      ...{ type: 'node.started', node: 'c', run: 0, attempt: 1, seq: 1, at: 1 },
      sources: { main: [{ node: 'b', run: 0, port: 'main' }] },
    });
    large.release();
    expect(large.items(output)).toHaveLength(3000); // the input of a run that has not ended
  });

  it('refuses more items than may leave a node, even without a store', () => {
    const { large } = make();
    const item: Item = { json: {} };
    const main = new Array<Item>(MAX_OUTPUT_ITEMS + 1).fill(item);
    expect(() => large.keep({ node: 'b', run: 0 }, { main }, signal)).toThrow('1,000,001 items');
  });

  it('shows one huge item cut short', async () => {
    const { large } = make();
    const list = Array.from({ length: 100_000 }, (_, n) => ({ n, text: 'some text' }));
    const item = { json: { name: 'all', list, long: 'y'.repeat(2_000_000) }, source: [{ item: 0 }] };
    const output = stored((await large.keep({ node: 'b', run: 0 }, { main: [item] }, signal)).main);
    expect(output).toMatchObject({ length: 1, shortened: true });
    const shown = output.first[0]!.json as { name: string; list: unknown[]; long: string };
    expect(shown.name).toBe('all');
    expect(shown.list[0]).toEqual({ n: 0, text: 'some text' });
    expect(shown.list.length).toBe(50);
    expect(shown.long.length).toBe(501);
  });
});
