import type { Effect } from '#engine/node.ts';
import { defineNode, MAIN, operation } from '../define.ts';
import { field, hasTemplate } from '../fields.ts';
import { AUTH_SLOT, authentication, credentialType } from '../http-authentication.ts';

export const graphql = defineNode({
  type: 'graphql',
  version: 1,
  kind: 'action',
  name: 'GraphQL',
  category: 'Actions',
  description: 'Asks a GraphQL API and gives its answer.',
  search: ['api', 'query', 'mutation', 'graph', 'request', 'http'],
  icon: 'share-2',
  color: 'violet',
  operations: {
    default: operation({
      label: 'Run a query',
      summary: 'Sends one query or mutation per item and gives the answers.',
      effect: effectOf,
      fields: {
        endpoint: field.text({
          label: 'Endpoint',
          required: true,
          placeholder: 'https://api.example.com/graphql',
        }),
        method: field.select({
          label: 'Method',
          options: [
            { value: 'POST', label: 'POST' },
            { value: 'GET', label: 'GET' },
          ],
          default: 'POST',
        }),
        authentication,
        credentialType,
        query: field.text({
          label: 'Query',
          required: true,
          multiline: true,
          placeholder: 'query Order($id: ID!) {\n  order(id: $id) { status }\n}',
        }),
        variables: field.json({
          label: 'Variables',
          placeholder: '{ "id": "{{ $json.id }}" }',
          default: {},
        }),
        operationName: field.text({
          label: 'Operation',
          help: 'Which one, when the query holds several.',
        }),
        headers: field.list({
          label: 'Headers',
          addLabel: 'Add header',
          fields: {
            name: field.text({ label: 'Name', required: true, placeholder: 'Authorization' }),
            value: field.text({ label: 'Value' }),
          },
        }),
        options: field.options({
          label: 'Options',
          fields: {
            format: field.select({
              label: 'Send the query as',
              options: [
                { value: 'json', label: 'JSON', help: 'With its variables; what nearly all servers expect.' },
                {
                  value: 'graphql',
                  label: 'Bare text',
                  help: 'Type application/graphql, without variables.',
                },
              ],
              default: 'json',
            }),
            responseFormat: field.select({
              label: 'Read the answer as',
              options: [
                { value: 'json', label: 'JSON' },
                { value: 'text', label: 'Text' },
              ],
              default: 'json',
            }),
            responseField: field.text({ label: 'Field for the text', default: 'data' }),
            keepErrors: field.boolean({
              label: 'Go on with errors in the answer',
              help: 'They stay in the item, beside what data there is.',
            }),
            timeoutMs: field.number({
              label: 'Timeout (ms)',
              default: 300_000,
              min: 1,
              max: 3_600_000,
              integer: true,
            }),
          },
        }),
      },
      credentials: [AUTH_SLOT],
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { data: { order: { status: 'paid' } } } }],
    }),
  },
});

/** GET only reads, and so does a query that is written out and holds no mutation. */
function effectOf({ method, query }: Record<string, unknown>): Effect {
  if (method === 'GET') return 'read';
  if (hasTemplate(method) || typeof query !== 'string' || hasTemplate(query)) return 'write';
  return /\bmutation\b/.test(query) ? 'write' : 'read';
}
