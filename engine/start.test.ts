import { describe, expect, it } from 'vitest';
import { startNodeOf } from './start.ts';
import { edges, nodes, testCatalog } from './testing.ts';
import { workflowSchema } from './workflow.ts';

const catalog = testCatalog({ start: { trigger: true }, pass: {}, note: { inputs: [], outputs: [] } });
const startOf = (
  types: Record<string, string>,
  wires: string[] = [],
  { settings = {}, wanted }: { settings?: Record<string, object>; wanted?: string } = {},
) =>
  startNodeOf(
    workflowSchema.parse({ name: 'w', nodes: nodes(types, settings), edges: edges(...wires) }),
    catalog,
    wanted,
  )?.id;

describe('an execution starts', () => {
  it('at the node that is wanted, if there is one of that id', () => {
    expect(startOf({ s: 'start', t: 'start' }, [], { wanted: 't' })).toBe('t');
    expect(startOf({ s: 'start' }, [], { wanted: 'gone' })).toBeUndefined();
  });
  it('at the first trigger that is not disabled', () => {
    expect(startOf({ a: 'pass', s: 'start', t: 'start' }, [], { settings: { s: { disabled: true } } })).toBe(
      't',
    );
  });
  it('without a trigger, at the first node that nothing leads to and that gives something', () => {
    expect(startOf({ n: 'note', b: 'pass', a: 'pass' }, ['a>b'])).toBe('a');
  });
  it('at a node that is alone, whatever it is', () => {
    expect(startOf({ n: 'note' })).toBe('n');
    expect(startOf({})).toBeUndefined();
  });
});
