import { describe, expect, it } from 'vitest';
import { nodeSchema, type Workflow, workflowSchema } from '#engine/workflow.ts';
import { duplicateNodes, fragmentOf, parseFragment, pasteFragment, serializeFragment } from './clipboard.ts';
import { addNode, addNodeOnEdge, connect, edgeKey, removeNodes, setCredential } from './draft.ts';
import { rename } from './names.ts';
import { neighbour } from './navigate.ts';
import { tidy } from './tidy.ts';

const edge = (from: string, to: string, port = 'main') => ({
  from: { node: from, port },
  to: { node: to, port: 'main' },
});
const chain = (): Workflow =>
  workflowSchema.parse({
    name: 'Chain',
    nodes: [
      { id: 'a', name: 'Hook', type: 'webhook-trigger', position: { x: 0, y: 0 } },
      {
        id: 'b',
        name: 'Set',
        type: 'set',
        position: { x: 300, y: 0 },
        parameters: {
          text: '{{ $(\'Hook\').item.json.id }} {{ $node["Hook"].json.id }}',
          list: [{ v: 'x' }],
        },
      },
      { id: 'c', name: 'Log', type: 'set', position: { x: 600, y: 0 } },
    ],
    edges: [edge('a', 'b'), edge('b', 'c')],
    pinData: { a: [{ json: { id: 1 } }] },
  });
let counter = 0;
const nextId = () => `n${++counter}`;

describe('rename', () => {
  it('rewrites references in every template', () => {
    const after = rename(chain(), 'a', 'Order "in"');
    expect(after.nodes[0]?.name).toBe('Order "in"');
    expect(after.nodes[1]?.parameters.text).toBe(
      '{{ $(\'Order "in"\').item.json.id }} {{ $node["Order \\"in\\""].json.id }}',
    );
  });
  it('rewrites references in Python', () => {
    const before = chain();
    before.nodes[1]!.parameters.text =
      '_("Hook").first()\n_node["Hook"], _node.Hook, my_("Hook"), __node.Hook';
    expect(rename(before, 'a', 'In').nodes[1]?.parameters.text).toBe(
      '_("In").first()\n_node["In"], _node["In"], my_("Hook"), __node.Hook',
    );
  });
  it('keeps names unique', () => {
    expect(rename(chain(), 'c', 'Set').nodes[2]?.name).toBe('Set 2');
  });
  it('leaves other nodes as they are', () => {
    const before = chain();
    expect(rename(before, 'c', 'Logger').nodes[1]).toBe(before.nodes[1]);
  });
});

describe('insert on an edge', () => {
  it('replaces the edge by two and makes room downstream', () => {
    const before = chain();
    const key = edgeKey(before.edges[0]!);
    const added = nodeSchema.parse({ id: 'n', name: 'If', type: 'if' });
    const after = addNodeOnEdge(before, added, key, { input: 'main', output: 'true' });
    expect(after.edges.map(edgeKey)).toEqual(['a:main->n:main', 'n:true->b:main', 'b:main->c:main']);
    const x = (id: string) => after.nodes.find((n) => n.id === id)?.position.x ?? 0;
    expect(x('n')).toBe(300);
    expect(x('b')).toBeGreaterThanOrEqual(x('n') + 240);
    expect(x('c') - x('b')).toBe(300);
  });
});

describe('add and remove', () => {
  it('never puts a card on top of another', () => {
    const after = addNode(
      chain(),
      nodeSchema.parse({ id: 'n', name: 'N', type: 'set', position: { x: 10, y: 5 } }),
    );
    const at = after.nodes.at(-1)?.position;
    expect(at).toEqual({ x: 20, y: 100 });
  });
  it('joins the chain again when its middle is removed, and drops pinned data', () => {
    const after = removeNodes(chain(), new Set(['b']));
    expect(after.edges.map(edgeKey)).toEqual(['a:main->c:main']);
    expect(removeNodes(chain(), new Set(['a'])).pinData).toEqual({});
  });
  it('does not connect the same ports twice', () => {
    const before = chain();
    expect(connect(before, edge('a', 'b'))).toBe(before);
  });
});

describe('copy and paste', () => {
  it('gives fresh ids and names, and references follow', () => {
    const copied = parseFragment(serializeFragment(fragmentOf(chain(), new Set(['a', 'b']))));
    expect(copied).not.toBeNull();
    const { workflow, ids } = pasteFragment(chain(), copied!, { x: 1000, y: 500 }, nextId);
    expect(ids).toHaveLength(2);
    const [hook, set] = workflow.nodes.slice(3);
    expect([hook?.name, set?.name]).toEqual(['Hook 2', 'Set 2']);
    expect(set?.parameters.text).toContain("$('Hook 2')");
    expect(workflow.edges).toHaveLength(3);
    expect(workflow.pinData[ids[0]!]).toEqual([{ json: { id: 1 } }]);
  });
  it('takes nothing from text that is not a workflow', () => {
    expect(parseFragment('hello')).toBeNull();
    expect(parseFragment('{"nodes": []}')).toBeNull();
  });
  it('duplicates below the original', () => {
    const { workflow, ids } = duplicateNodes(chain(), new Set(['c']), nextId);
    expect(workflow.nodes.find((n) => n.id === ids[0])?.position).toEqual({ x: 640, y: 100 });
  });
});

describe('walking', () => {
  it('follows edges to the right and left', () => {
    expect(neighbour(chain(), 'a', 'right')).toBe('b');
    expect(neighbour(chain(), 'b', 'left')).toBe('a');
    expect(neighbour(chain(), 'a', 'left')).toBeNull();
  });
});

describe('tidy', () => {
  it('puts nodes in columns and separates branches, loops included', () => {
    const before = chain();
    const looped = { ...before, edges: [...before.edges, edge('a', 'c'), edge('c', 'b')] };
    const at = tidy(looped, new Set());
    expect(new Set([...at.values()].map((p) => `${p.x}:${p.y}`)).size).toBe(3);
  });
});

describe('credentials of a node', () => {
  it('are put into a place and taken out, and stay with copies', () => {
    const before = chain();
    const chosen = setCredential(before, 'b', 'auth', 'id-1');
    expect(chosen.nodes[1]?.credentials).toEqual({ auth: 'id-1' });
    expect(setCredential(chosen, 'b', 'auth', 'id-1')).toBe(chosen);
    expect(setCredential(before, 'nobody', 'auth', 'id-1')).toBe(before);
    expect(setCredential(chosen, 'b', 'auth', undefined).nodes[1]?.credentials).toStrictEqual({});
    const copied = duplicateNodes(chosen, new Set(['b']), nextId).workflow;
    expect(copied.nodes.at(-1)?.credentials).toEqual({ auth: 'id-1' });
  });
});
