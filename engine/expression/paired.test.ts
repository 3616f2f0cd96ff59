import { describe, expect, it } from 'vitest';
import type { Item } from '../item.ts';
import type { ExpressionScope, NodeView, RunView } from './scope.ts';
import { compileTemplate } from './template.ts';
import { testNode, testScope } from './test-scope.ts';

const item = (name: string, ...sources: number[]): Item => ({
  json: { name },
  ...(sources.length === 0
    ? {}
    : { source: sources.length === 1 ? { item: sources[0]! } : sources.map((i) => ({ item: i })) }),
});
const run = (items: Item[], from?: { node: NodeView; run?: number; port?: string }[]): RunView => ({
  outputs: { main: items },
  sources: from
    ? { main: from.map((f) => ({ node: f.node.id, run: f.run ?? 0, port: f.port ?? 'main' })) }
    : {},
});

/** Evaluates in a node whose input is what the last of `nodes` gave in its last run. */
function evaluate(
  code: string,
  nodes: NodeView[],
  itemIndex = 0,
  more: Partial<ExpressionScope> = {},
): unknown {
  const last = nodes.at(-1)!;
  const runIndex = last.runs.length - 1;
  const scope = testScope(
    {},
    {
      inputs: { main: last.runs[runIndex]!.outputs.main! },
      sources: { main: [{ node: last.id, run: runIndex, port: 'main' }] },
      nodeByName: (name) => nodes.find((node) => node.name === name),
      nodeById: (id) => nodes.find((node) => node.id === id),
      ...more,
    },
  );
  return compileTemplate(`{{ ${code} }}`).render(scope, itemIndex);
}

const a = testNode('A', [item('a0'), item('a1'), item('a2')]);
const filter = testNode('Filter', [], { runs: [run([item('f2', 2), item('f0', 0)], [{ node: a }])] });
const set = testNode('Set', [], { runs: [run([item('s0', 0), item('s1', 1)], [{ node: filter }])] });
const nodes = [a, filter, set];

describe("$('Node').item", () => {
  it('follows the sources of items back to the node', () => {
    expect(evaluate('$("A").item.json.name', nodes, 0)).toBe('a2');
    expect(evaluate('$("A").item.json.name', nodes, 1)).toBe('a0');
    expect(evaluate('$("Set").item.json.name', nodes, 1)).toBe('s1');
    expect(evaluate('$("A").itemMatching(1).json.name', nodes, 0)).toBe('a0');
    expect(evaluate('$("A").pairedItem(1).json.name', nodes, 0)).toBe('a0');
  });

  it('finds the run that the item came from, not the last one', () => {
    const twice = testNode('Twice', [], { runs: [run([item('first run')]), run([item('second run')])] });
    const next = testNode('Next', [], { runs: [run([item('n', 0)], [{ node: twice, run: 0 }])] });
    expect(evaluate('$("Twice").item.json.name', [twice, next])).toBe('first run');
    expect(evaluate('$("Twice").first().json.name', [twice, next])).toBe('second run');
    expect(evaluate('$("Twice").first(0, 0).json.name', [twice, next])).toBe('first run');
  });

  it('counts through several deliveries to one input', () => {
    const b = testNode('B', [item('b0')]);
    const join = testNode('Join', [], { runs: [run([item('j', 3)], [{ node: a }, { node: b }])] });
    expect(evaluate('$("B").item.json.name', [a, b, join])).toBe('b0');
  });

  it('accepts several sources that are the same item, and fails for different ones', () => {
    const same = testNode('Same', [], { runs: [run([item('s', 0, 0)], [{ node: a }])] });
    const both = testNode('Both', [], { runs: [run([item('s', 0, 1)], [{ node: a }])] });
    expect(evaluate('$("A").item.json.name', [a, same])).toBe('a0');
    expect(() => evaluate('$("A").item', [a, both])).toThrow('Multiple matches');
  });

  it('says when the way back has a gap, or does not exist', () => {
    const gap = testNode('Gap', [], { runs: [run([item('g')], [{ node: a }])] });
    const other = testNode('Other', [item('o')]);
    expect(() => evaluate('$("A").item', [a, gap])).toThrow(
      "Paired item data for item from node 'Gap' is unavailable",
    );
    expect(() => evaluate('$("Other").item', [other, a, filter])).toThrow(
      "No path back to referenced node 'Other'",
    );
    expect(() => evaluate('$("Idle").item', [testNode('Idle', [], { runs: [] }), a])).toThrow(
      "Node 'Idle' hasn't been executed",
    );
  });

  it('ends in a loop of nodes', () => {
    const x = testNode('X', [], { runs: [] });
    const y = testNode('Y', [], { runs: [] });
    x.runs = [run([item('x', 0)], [{ node: y }])];
    y.runs = [run([item('y', 0)], [{ node: x }])];
    expect(() => evaluate('$("A").item', [a, x, y])).toThrow('No path back');
  });
});

describe('other ways to nodes and items', () => {
  it('gives all, first and last items of the output that leads here', () => {
    const split = testNode('Split', [], {
      outputPorts: ['yes', 'no'],
      runs: [{ outputs: { yes: [], no: [item('n0'), item('n1')] }, sources: {} }],
    });
    const more = { connectedPort: () => 'no' };
    expect(evaluate('$("Split").all().map((i) => i.json.name)', [split, a], 0, more)).toEqual(['n0', 'n1']);
    expect(evaluate('$("Split").last().json.name', [split, a], 0, more)).toBe('n1');
    expect(evaluate('$("Split").all(0).length', [split, a], 0, more)).toBe(0);
    expect(evaluate('$("Split").first(0)', [split, a], 0, more)).toBeUndefined();
    expect(evaluate('$items("Split", 1).length', [split, a], 0, more)).toBe(2);
    expect(evaluate('$node.Split.json.name', [split, a], 1, more)).toBe('n1');
    expect(evaluate('$node["Split"].runIndex', [split, a], 1, more)).toBe(0);
  });

  it('says whether a node ran, and what it was given', () => {
    const idle = testNode('Idle', [], {
      runs: [],
      parameters: { url: '{{ $json.name }}/x' },
      context: { noItemsLeft: true },
    });
    expect(evaluate('$("Idle").isExecuted', [idle, a])).toBe(false);
    expect(evaluate('$("Idle").params.url', [idle, a])).toBe('a0/x');
    expect(evaluate('$("Idle").context.noItemsLeft', [idle, a])).toBe(true);
    expect(() => evaluate('$("Idle").first()', [idle, a])).toThrow("hasn't been executed");
  });

  it('reads the first input that has items', () => {
    const more = { inputs: { one: [], two: [item('second input')] } };
    expect(evaluate('$json.name + $input.first().json.name', [a], 0, more)).toBe('second inputsecond input');
    expect(() => evaluate('$json', [a], 0, { inputs: {} })).toThrow("hasn't been executed");
  });

  it('shows files as binary', () => {
    const file = { mimeType: 'text/plain', sizeBytes: 3, name: 'a.txt', id: 'f1' };
    const more = { inputs: { main: [{ json: {}, files: { doc: file } }] } };
    expect(evaluate('$binary.doc.fileName + $binary.doc.fileExtension', [a], 0, more)).toBe('a.txttxt');
    expect(evaluate('$input.item.binary.doc.mimeType', [a], 0, more)).toBe('text/plain');
  });

  it('renders own parameters, but not in a circle', () => {
    const node = testNode('Edit', [], {
      parameters: { a: 'x{{ $parameter.b }}', b: '{{ $json.name }}', c: '{{ $parameter.c }}' },
    });
    expect(evaluate('$parameter.a', [a], 0, { node })).toBe('xa0');
    expect(() => evaluate('$parameter.c', [a], 0, { node })).toThrow('in a circle');
  });
});
