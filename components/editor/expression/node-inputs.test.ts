import { describe, expect, it } from 'vitest';
import type { EngineEvent } from '#engine/events.ts';
import { type ExecutionState, initialState, reduce } from '#engine/state.ts';
import { workflowSchema } from '#engine/workflow.ts';
import { evaluateTemplate } from './evaluate.ts';
import { firstItems, nodeInputs } from './node-inputs.ts';

const draft = workflowSchema.parse({
  name: 'Test',
  nodes: [
    { id: 'a', name: 'Start', type: 'manual-trigger' },
    { id: 'b', name: 'Set', type: 'set' },
    { id: 'c', name: 'Next', type: 'set' },
  ],
  edges: [
    { from: { node: 'a', port: 'main' }, to: { node: 'b', port: 'main' } },
    { from: { node: 'b', port: 'main' }, to: { node: 'c', port: 'main' } },
  ],
});
const events: EngineEvent[] = [
  { type: 'node.started', node: 'a', run: 0, sources: {}, attempt: 1, seq: 1, at: 1 },
  {
    type: 'node.completed',
    node: 'a',
    run: 0,
    outputs: { main: [{ json: { n: 7 } }] },
    durationMs: 1,
    seq: 2,
    at: 2,
  },
];
const ran = events.reduce(reduce, initialState());

const ask = (template: string, nodeId: string, state = ran) =>
  evaluateTemplate(template, {
    workflowId: 'w',
    draft,
    nodeId,
    inputs: nodeInputs(draft, state, nodeId),
    itemIndex: 0,
  });

describe('what a node would get', () => {
  it('is the output of the node before it, before the node itself ran', () => {
    const { origin, ports } = nodeInputs(draft, ran, 'b');
    expect(origin).toBe('upstream');
    expect(firstItems(ports)[0]?.json).toEqual({ n: 7 });
  });
  it('is an example where nothing ran', () => {
    expect(nodeInputs(draft, initialState(), 'c').origin).toBe('sample');
    expect(nodeInputs(draft, initialState(), 'a').origin).toBe('none');
  });
  it('is pinned data where there is some', () => {
    const pinned = { ...draft, pinData: { a: [{ json: { p: 1 } }] } };
    const { origin, ports } = nodeInputs(pinned, initialState(), 'b');
    expect([origin, firstItems(ports)[0]?.json]).toEqual(['pinned', { p: 1 }]);
  });
});

describe('the preview of a template', () => {
  it('is its value for the first item', () => {
    expect(ask('{{ $json.n + 1 }}', 'b')).toEqual({ value: 8 });
    expect(ask('n = {{ $json.n }}', 'b')).toEqual({ value: 'n = 7' });
  });
  it('reaches other nodes by name', () => {
    expect(ask("{{ $('Start').first().json.n }}", 'b')).toEqual({ value: 7 });
  });
  it('says what is wrong', () => {
    expect(ask('{{ $json. }}', 'b')).toHaveProperty('error');
  });
});

describe('items of which only the first are here', () => {
  const stored = {
    stored: 'executions/e/a-0-main-x',
    length: 50_000,
    bytes: 9_000_000,
    first: [{ json: { n: 7 } }],
  };
  const many: ExecutionState = {
    ...ran,
    nodes: { ...ran.nodes, a: ran.nodes.a!.map((run) => ({ ...run, outputs: { main: stored } })) },
  };

  it('are counted in full and shown as far as they are', () => {
    const { ports } = nodeInputs(draft, many, 'b');
    expect(ports.main).toEqual(stored);
    expect(firstItems(ports)).toEqual([{ json: { n: 7 } }]);
  });
  it('do for the preview of a template', () => {
    const inputs = nodeInputs(draft, many, 'b');
    const preview = evaluateTemplate('{{ $json.n + 1 }}', {
      workflowId: 'w',
      draft,
      nodeId: 'b',
      inputs,
      itemIndex: 0,
    });
    expect(preview).toEqual({ value: 8 });
  });
});
