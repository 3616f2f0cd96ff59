import type { Effect } from '#engine/node.ts';
import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';

const pair = (name: string, value: string) => ({
  name: field.text({ label: 'Name', required: true, placeholder: name }),
  value: field.text({ label: 'Value', placeholder: value }),
});

export const httpRequest = defineNode({
  type: 'http-request',
  version: 1,
  kind: 'action',
  name: 'HTTP request',
  category: 'Actions',
  description: 'Calls any web API and turns its answer into items.',
  search: ['api', 'rest', 'url', 'fetch', 'get', 'post', 'curl', 'webhook', 'call'],
  icon: 'globe',
  color: 'violet',
  operations: {
    default: operation({
      label: 'Send a request',
      summary: 'Sends one request per item and gives the answers as items.',
      effect: effectOf,
      fields: {
        method: field.select({
          label: 'Method',
          options: [
            { value: 'GET', label: 'GET' },
            { value: 'POST', label: 'POST' },
            { value: 'PUT', label: 'PUT' },
            { value: 'PATCH', label: 'PATCH' },
            { value: 'DELETE', label: 'DELETE' },
            { value: 'HEAD', label: 'HEAD' },
            { value: 'OPTIONS', label: 'OPTIONS' },
          ],
          default: 'GET',
        }),
        url: field.text({ label: 'URL', placeholder: 'https://api.example.com/orders', required: true }),
        authentication: field.select({
          label: 'Authentication',
          options: [
            { value: 'none', label: 'None' },
            { value: 'basic', label: 'User and password' },
            { value: 'bearer', label: 'Bearer token' },
            { value: 'header', label: 'Header' },
          ],
          default: 'none',
        }),
        user: field.text({ label: 'User', required: true, showIf: { authentication: ['basic'] } }),
        password: field.text({ label: 'Password', showIf: { authentication: ['basic'] } }),
        token: field.text({ label: 'Token', required: true, showIf: { authentication: ['bearer'] } }),
        headerName: field.text({
          label: 'Header name',
          placeholder: 'X-Api-Key',
          required: true,
          showIf: { authentication: ['header'] },
        }),
        headerValue: field.text({ label: 'Header value', showIf: { authentication: ['header'] } }),
        query: field.list({
          label: 'Query parameters',
          addLabel: 'Add parameter',
          fields: pair('page', '1'),
        }),
        headers: field.list({
          label: 'Headers',
          addLabel: 'Add header',
          fields: pair('Accept', 'application/json'),
        }),
        body: field.select({
          label: 'Body',
          options: [
            { value: 'none', label: 'None' },
            { value: 'json', label: 'JSON' },
            { value: 'form', label: 'Form (URL-encoded)' },
            { value: 'multipart', label: 'Form (multipart)' },
            { value: 'raw', label: 'Text' },
          ],
          default: 'none',
        }),
        jsonBody: field.json({
          label: 'JSON body',
          placeholder: '{ "name": "{{ $json.name }}" }',
          default: {},
          showIf: { body: ['json'] },
        }),
        formFields: field.list({
          label: 'Form fields',
          addLabel: 'Add field',
          showIf: { body: ['form', 'multipart'] },
          fields: pair('name', 'Ada'),
        }),
        rawBody: field.text({ label: 'Text', multiline: true, showIf: { body: ['raw'] } }),
        contentType: field.text({
          label: 'Content type',
          default: 'text/plain',
          placeholder: 'text/xml',
          showIf: { body: ['raw'] },
        }),
        options: field.options({
          label: 'Options',
          fields: {
            responseFormat: field.select({
              label: 'Read the answer as',
              options: [
                { value: 'auto', label: 'Automatic', help: 'By its content type.' },
                { value: 'json', label: 'JSON' },
                { value: 'text', label: 'Text' },
                { value: 'file', label: 'File' },
              ],
              default: 'auto',
            }),
            responseField: field.text({
              label: 'Name of the field or file',
              help: 'Where text or a file is put.',
              default: 'data',
            }),
            fullResponse: field.boolean({
              label: 'Include status and headers',
              help: 'Gives one item with body, headers, statusCode and statusMessage.',
            }),
            neverError: field.boolean({
              label: 'Never fail',
              help: 'Goes on with the answer even when its status is 4xx or 5xx.',
            }),
            timeoutMs: field.number({
              label: 'Timeout (ms)',
              default: 300_000,
              min: 1,
              max: 3_600_000,
              integer: true,
            }),
            followRedirects: field.boolean({ label: 'Follow redirects', default: true }),
            queryArrays: field.select({
              label: 'Lists in the query',
              options: [
                { value: 'repeat', label: 'a=1&a=2' },
                { value: 'brackets', label: 'a[]=1&a[]=2' },
                { value: 'indices', label: 'a[0]=1&a[1]=2' },
              ],
              default: 'repeat',
            }),
            concurrency: field.number({
              label: 'Requests at the same time',
              default: 10,
              min: 1,
              max: 100,
              integer: true,
            }),
            batchPauseMs: field.number({
              label: 'Pause between batches (ms)',
              help: 'Sends “Requests at the same time” at once, then pauses.',
              default: 0,
              min: 0,
              max: 600_000,
              integer: true,
            }),
          },
        }),
      },
      inputs: MAIN,
      outputs: MAIN,
      sample: [{ json: { id: 1042, status: 'paid' } }],
    }),
  },
});

const READ_METHODS: ReadonlySet<unknown> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Only a method that is written out says that a request is safe to repeat; a templated one may become a POST. */
function effectOf(parameters: Record<string, unknown>): Effect {
  return READ_METHODS.has(parameters.method ?? 'GET') ? 'read' : 'write';
}
