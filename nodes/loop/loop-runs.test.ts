import { describe, expect, test } from 'vitest';
import type { JsonObject } from '#engine/item.ts';
import { run } from '#engine/run.ts';
import { initialState, reduce } from '#engine/state.ts';
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
const above = (left: string, right: number): JsonObject => ({
  combinator: 'and',
  rows: [{ left, operator: 'number.gt', right }],
});

async function play(nodes: Node[], wires: string[], items: JsonObject[], settings = {}) {
  const file = {
    name: 'w',
    nodes: [node('start', 'manual-trigger'), ...nodes],
    edges: edges(...wires),
    settings: { timeoutMs: 0, ...settings },
  };
  const prepared = testRun(file, executorCatalog, toItems(...items));
  const { state, outcome } = await run(prepared.setup, prepared.ports, { startNodeId: 'start' });
  const jsonOf = (id: string, port = 'main') =>
    (state.nodes[id] ?? []).map((r) => {
      const items = r.outputs[port] ?? [];
      return (Array.isArray(items) ? items : items.first).map((item) => item.json);
    });
  return { ...prepared, file, state, outcome, jsonOf };
}
const numbers = (count: number) => Array.from({ length: count }, (_, n) => ({ n }));
const valuesOf = (runs: JsonObject[][], name: string) => runs.map((items) => items.map((json) => json[name]));

describe('a loop', () => {
  test('hands out batches, the last one with what is left', async () => {
    const { jsonOf, state } = await play(
      [node('l', 'loop', { batchSize: 3 }), node('body', 'no-op'), node('end', 'no-op')],
      ['start>l', 'l.loop>body', 'body>l', 'l.done>end'],
      numbers(7),
    );
    expect(valuesOf(jsonOf('body'), 'n')).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
    expect(valuesOf(jsonOf('end'), 'n')).toEqual([[0, 1, 2, 3, 4, 5, 6]]);
    expect(state.nodes.l).toHaveLength(4);
  });

  test('begins anew inside another one, however deep', async () => {
    const { jsonOf, outcome } = await play(
      [
        node('outer', 'loop', { batchSize: 2 }),
        node('middle', 'loop'),
        node('twice', 'split-out', { fields: 'parts', include: 'all' }),
        node('inner', 'loop'),
        set('mark', 'seen', "{{ $('start').item.json.n }}"),
        node('end', 'no-op'),
      ],
      [
        'start>outer',
        'outer.loop>middle',
        'middle.loop>twice',
        'twice>inner',
        'inner.loop>mark',
        'mark>inner',
        'inner.done>middle',
        'middle.done>outer',
        'outer.done>end',
      ],
      numbers(5).map(({ n }) => ({ n, parts: [`${n}a`, `${n}b`] })),
    );
    expect(outcome.status).toBe('completed');
    expect(jsonOf('mark')).toHaveLength(10);
    expect(valuesOf(jsonOf('end'), 'parts')[0]).toEqual([
      ...['0a', '0b', '1a', '1b', '2a', '2b', '3a', '3b', '4a', '4b'],
    ]);
    // in every pass the item finds its way back through all three loops to where it came from
    expect(valuesOf(jsonOf('end'), 'seen')[0]).toEqual([0, 0, 1, 1, 2, 2, 3, 3, 4, 4]);
  });

  test('keeps the trail of items that wait for their pass, and of those that came back', async () => {
    const { jsonOf } = await play(
      [
        set('before', 'square', '{{ $json.n * $json.n }}'),
        node('l', 'loop', { batchSize: 2 }),
        node('only', 'set', {
          mode: 'json',
          json: '{ "back": {{ $(\'before\').item.json.square }} }',
          includeOther: 'none',
        }),
        set('after', 'origin', "{{ $('before').item.json.n }}-{{ $('only').item.json.back }}"),
      ],
      ['start>before', 'before>l', 'l.loop>only', 'only>l', 'l.done>after'],
      numbers(5),
    );
    expect(valuesOf(jsonOf('only'), 'back')).toEqual([[0, 1], [4, 9], [16]]);
    expect(valuesOf(jsonOf('after'), 'origin')).toEqual([['0-0', '1-1', '2-4', '3-9', '4-16']]);
  });

  test('inside a branch keeps the join after it waiting until it is done', async () => {
    const { jsonOf, state } = await play(
      [
        node('if', 'if', { conditions: above('{{ $json.n }}', 2) }),
        node('l', 'loop'),
        set('body', 'looped', true),
        node('m', 'merge'),
      ],
      ['start>if', 'if.true>l', 'l.loop>body', 'body>l', 'l.done>m.input1', 'if.false>m.input2'],
      numbers(6),
    );
    expect(state.nodes.m).toHaveLength(1);
    expect(valuesOf(jsonOf('m'), 'n')).toEqual([[3, 4, 5, 0, 1, 2]]);
  });

  test('joins the branches of its body in every pass, also those in which one was not taken', async () => {
    const { jsonOf, state } = await play(
      [
        node('l', 'loop'),
        node('if', 'if', { conditions: above('{{ $json.n }}', 1) }),
        set('big', 'size', 'big'),
        set('small', 'size', 'small'),
        node('m', 'merge'),
        node('end', 'no-op'),
      ],
      [
        'start>l',
        'l.loop>if',
        'if.true>big',
        'if.false>small',
        'big>m.input1',
        'small>m.input2',
        'm>l',
        'l.done>end',
      ],
      numbers(4),
    );
    expect(state.nodes.m).toHaveLength(4);
    expect(valuesOf(jsonOf('end'), 'size')).toEqual([['small', 'small', 'big', 'big']]);
  });

  test('that items enter by two ways takes one after the other', async () => {
    const { jsonOf } = await play(
      [
        set('a', 'way', 'a'),
        set('b', 'way', 'b'),
        node('l', 'loop'),
        node('body', 'no-op'),
        node('end', 'no-op'),
      ],
      ['start>a', 'start>b', 'a>l', 'b>l', 'l.loop>body', 'body>l', 'l.done>end'],
      numbers(3),
    );
    expect(valuesOf(jsonOf('end'), 'way')).toEqual([
      ['a', 'a', 'a'],
      ['b', 'b', 'b'],
    ]);
  });

  test('ends where its body gives nothing back, as in n8n', async () => {
    const { jsonOf, outcome, state } = await play(
      [
        node('l', 'loop'),
        node('keep', 'filter', { conditions: above('{{ 1 - $json.n }}', 0) }),
        node('end', 'no-op'),
      ],
      ['start>l', 'l.loop>keep', 'keep>l', 'l.done>end'],
      numbers(3),
    );
    expect(outcome.status).toBe('completed');
    expect(jsonOf('l', 'loop')).toEqual([[{ n: 0 }], [{ n: 1 }]]);
    expect(state.skipped.end).toBe(true);
  });

  test('with reset goes on with what came back, page after page', async () => {
    const { jsonOf, state } = await play(
      [
        node('l', 'loop', { options: { reset: '{{ $json.page < 4 }}' } }),
        node('page', 'set', { fields: [{ name: 'page', type: 'number', value: '{{ $json.page + 1 }}' }] }),
        node('more', 'if', { conditions: above('{{ 4 - $json.page }}', 0) }),
        node('end', 'no-op'),
      ],
      ['start>l', 'l.loop>page', 'page>more', 'more.true>l', 'more.false>end'],
      [{ page: 1 }],
    );
    expect(valuesOf(jsonOf('page'), 'page')).toEqual([[2], [3], [4]]);
    expect(jsonOf('end')).toEqual([[{ page: 4 }]]);
    expect(state.nodes.l).toHaveLength(3);
  });

  test('goes round in the order that imported workflows have, too', async () => {
    const { jsonOf } = await play(
      [node('l', 'loop', { batchSize: 2 }), node('body', 'no-op'), node('end', 'no-op')],
      ['start>l', 'l.loop>body', 'body>l', 'l.done>end'],
      numbers(5),
      { order: 'sequential' },
    );
    expect(valuesOf(jsonOf('end'), 'n')).toEqual([[0, 1, 2, 3, 4]]);
  });

  test('goes on from any cut of its journal to the same end', async () => {
    const nodes = [
      node('outer', 'loop', { batchSize: 2 }),
      node('inner', 'loop'),
      set('mark', 'seen', "{{ $('start').item.json.n }}"),
      node('end', 'no-op'),
    ];
    const wires = [
      'start>outer',
      'outer.loop>inner',
      'inner.loop>mark',
      'mark>inner',
      'inner.done>outer',
      'outer.done>end',
    ];
    const whole = await play(nodes, wires, numbers(5));
    const expected = whole.jsonOf('end');
    expect(whole.events.reduce(reduce, initialState())).toEqual(whole.state);
    for (let cut = 0; cut < whole.events.length; cut++) {
      const again = testRun(whole.file, executorCatalog, toItems(...numbers(5)));
      const history = whole.events.slice(0, cut);
      const { state } = await run(again.setup, again.ports, { startNodeId: 'start', history });
      const end = state.nodes.end!.map((r) => (r.outputs.main as { json: JsonObject }[]).map((i) => i.json));
      expect(end).toEqual(expected);
      expect(state.nodes.mark).toHaveLength(5);
    }
  });

  test.each(['parallel', 'sequential', 'breadth-first'])(
    'may be left by a branch that looks at its context, to begin anew in a loop around it (%s)',
    async (order) => {
      const left = (name: string): Node =>
        node(`${name}-left`, 'if', {
          conditions: {
            combinator: 'and',
            rows: [{ left: `{{ $node["${name}"].context.noItemsLeft }}`, operator: 'boolean.true' }],
          },
        });
      const { jsonOf, outcome } = await play(
        [
          node('outer', 'loop'),
          set('fill', 'l', '{{ [1, 2, 3] }}'),
          node('split', 'split-out', { fields: 'l' }),
          node('inner', 'loop'),
          node('body', 'no-op'),
          left('inner'),
          left('outer'),
          node('end', 'no-op'),
        ],
        [
          'start>outer',
          'outer.loop>fill',
          'fill>split',
          'split>inner',
          'inner.loop>body',
          'body>inner-left',
          'inner-left.false>inner',
          'inner-left.true>outer-left',
          'outer-left.false>outer',
          'outer-left.true>end',
        ],
        numbers(2),
        { order },
      );
      expect(outcome.status).toBe('completed');
      expect(valuesOf(jsonOf('body'), 'l')).toEqual([[1], [2], [3], [1], [2], [3]]);
      expect(jsonOf('end')).toHaveLength(1);
    },
  );

  test.each(['parallel', 'sequential'])(
    'goes round 10,000 times in seconds, in the order %s',
    { timeout: 60_000 },
    async (order) => {
      const passes = 10_000;
      const before = process.threadCpuUsage();
      const { outcome, jsonOf } = await play(
        [
          node('l', 'loop'),
          set('a', 'm', "{{ $json.n + $('start').item.json.n }}"),
          node('b', 'no-op'),
          node('end', 'no-op'),
        ],
        ['start>l', 'l.loop>a', 'a>b', 'b>l', 'l.done>end'],
        numbers(passes),
        { order },
      );
      expect(outcome.status).toBe('completed');
      expect(jsonOf('end')[0]).toHaveLength(passes);
      const { user, system } = process.threadCpuUsage(before); // µs; the clock would measure the neighbours too
      expect((user + system) / 1000).toBeLessThan(10_000);
    },
  );
});
