export const node = (id: string, type: string, parameters: object, x: number) => ({
  id,
  name: id,
  type,
  version: 1,
  parameters,
  position: { x, y: 0 },
});
export const edge = (from: string, to: string, port = 'main', toPort = 'main') => ({
  from: { node: from, port },
  to: { node: to, port: toPort },
});
const set = (name: string, value: string) => ({ mode: 'fields', fields: [{ name, type: 'string', value }] });

/** webhook → set → if → set: the workload that n8n was measured with on the same machine. */
export const setIfSet = (respond: 'immediately' | 'last-node' = 'immediately') => ({
  name: `webhook → set → if → set (${respond})`,
  nodes: [
    node('hook', 'webhook-trigger', { httpMethod: 'POST', respond }, 0),
    node('first', 'set', set('greeting', 'Hello {{ $json.body.name }}'), 200),
    node(
      'check',
      'if',
      {
        conditions: {
          combinator: 'and',
          rows: [{ left: '{{ $json.greeting }}', operator: 'string.contains', right: 'Hello' }],
        },
      },
      400,
    ),
    node('second', 'set', set('done', 'yes'), 600),
  ],
  edges: [edge('hook', 'first'), edge('first', 'check'), edge('check', 'second', 'true')],
});

type Respond = 'immediately' | 'last-node';
type BenchNode = ReturnType<typeof node>;
type BenchEdge = ReturnType<typeof edge>;

export const hook = (respond: Respond = 'last-node', more: object = {}): BenchNode =>
  node('hook', 'webhook-trigger', { httpMethod: 'POST', respond, ...more }, 0);

/** A webhook and nodes in a row behind it. */
export const chain = (name: string, nodes: BenchNode[], respond: Respond = 'last-node') => ({
  name,
  nodes: [hook(respond), ...nodes],
  edges: nodes.map((n, i) => edge(nodes[i - 1]?.id ?? 'hook', n.id)),
});

export const setNode = (id: string, name = id, value = '{{ $json.body.name }}'): BenchNode =>
  node(id, 'set', set(name, value), 200);
export const codeNode = (id: string, source: string, options: object = {}): BenchNode =>
  node(id, 'code', { mode: 'all-items', source, options }, 200);
export const getNode = (id: string, url: string): BenchNode =>
  node(id, 'http-request', { method: 'GET', url }, 200);
export const postNode = (id: string, url: string): BenchNode =>
  node(id, 'http-request', { method: 'POST', url }, 200);

/** Items that a code node makes → set → filter → aggregate to one item with as many numbers as passed. */
export const manyItems = (count: number) =>
  chain(`${count} items`, [
    codeNode(
      'make',
      `return Array.from({ length: ${count} }, (_, id) => ({ json: { id, name: 'item ' + id, price: id % 100 } }));`,
      { timeoutMs: 60_000, memoryMb: 512 },
    ),
    node('set', 'set', set('label', '{{ $json.name }} at {{ $json.price }}'), 400),
    node(
      'filter',
      'filter',
      {
        conditions: {
          combinator: 'and',
          rows: [{ left: '{{ $json.price }}', operator: 'number.gt', right: 49 }],
        },
      },
      600,
    ),
    node('aggregate', 'aggregate', { mode: 'fields', fields: [{ name: 'id', rename: 'ids' }] }, 800),
  ]);

const MAX_MERGE_INPUTS = 10;

/** One branch per call, all joined: merges of ten, and one merge of those. */
export function parallelCalls(url: string, count: number, order: 'parallel' | 'sequential') {
  const calls = Array.from({ length: count }, (_, i) => getNode(`call${i}`, url));
  const merge = (id: string, inputs: number) => node(id, 'merge', { mode: 'append', inputs }, 600);
  const groups = Array.from({ length: Math.ceil(count / MAX_MERGE_INPUTS) }, (_, g) =>
    calls.slice(g * MAX_MERGE_INPUTS, (g + 1) * MAX_MERGE_INPUTS),
  );
  const edges: BenchEdge[] = calls.map((call) => edge('hook', call.id));
  groups.forEach((group, g) => {
    group.forEach((call, i) => {
      edges.push(edge(call.id, `merge${g}`, 'main', `input${i + 1}`));
    });
    edges.push(edge(`merge${g}`, 'all', 'main', `input${g + 1}`));
  });
  return {
    name: `${count} calls, ${order}`,
    nodes: [
      hook('last-node'),
      ...calls,
      ...groups.map((group, g) => merge(`merge${g}`, group.length)),
      merge('all', groups.length),
    ],
    edges,
    settings: { order },
  };
}
