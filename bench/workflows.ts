const node = (id: string, type: string, parameters: object, x: number) => ({
  id,
  name: id,
  type,
  version: 1,
  parameters,
  position: { x, y: 0 },
});
const edge = (from: string, to: string, port = 'main') => ({
  from: { node: from, port },
  to: { node: to, port: 'main' },
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
