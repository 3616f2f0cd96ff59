import type { Effect } from '#engine/node.ts';
import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';
import { AUTH_SLOT, authentication, credentialType } from '../http-authentication.ts';

const pair = (name: string, value: string) => ({
  name: field.text({ label: 'Name', required: true, placeholder: name }),
  value: field.text({ label: 'Value', placeholder: value }),
});

const rowsOrJson = (label: string) =>
  field.select({
    label: `${label} as`,
    options: [
      { value: 'rows', label: 'Names and values' },
      { value: 'json', label: 'JSON' },
    ],
    default: 'rows',
  });
const PAGED = ['next-url', 'parameters'] as const;

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
        authentication,
        credentialType,
        sendCertificate: field.boolean({
          label: 'Client certificate',
          help: 'For servers that ask for one, or whose own certificate comes from a private CA. Goes together with any authentication.',
          template: false,
        }),
        queryAs: rowsOrJson('Query'),
        query: field.list({
          label: 'Query parameters',
          addLabel: 'Add parameter',
          showIf: { queryAs: ['rows'] },
          fields: pair('page', '1'),
        }),
        queryJson: field.json({
          label: 'Query as JSON',
          placeholder: '{ "page": 1 }',
          default: {},
          showIf: { queryAs: ['json'] },
        }),
        headersAs: rowsOrJson('Headers'),
        headers: field.list({
          label: 'Headers',
          addLabel: 'Add header',
          showIf: { headersAs: ['rows'] },
          fields: pair('Accept', 'application/json'),
        }),
        headersJson: field.json({
          label: 'Headers as JSON',
          placeholder: '{ "Accept": "application/json" }',
          default: {},
          showIf: { headersAs: ['json'] },
        }),
        body: field.select({
          label: 'Body',
          options: [
            { value: 'none', label: 'None' },
            { value: 'json', label: 'JSON' },
            { value: 'fields', label: 'JSON, field by field' },
            { value: 'form', label: 'Form (URL-encoded)' },
            { value: 'multipart', label: 'Form (multipart)' },
            { value: 'raw', label: 'Text' },
            { value: 'file', label: 'File' },
          ],
          default: 'none',
        }),
        jsonBody: field.json({
          label: 'JSON body',
          placeholder: '{ "name": "{{ $json.name }}" }',
          default: {},
          showIf: { body: ['json'] },
        }),
        bodyFields: field.assignments({ label: 'Fields of the body', showIf: { body: ['fields'] } }),
        formFields: field.list({
          label: 'Form fields',
          addLabel: 'Add field',
          showIf: { body: ['form', 'multipart'] },
          fields: pair('name', 'Ada'),
        }),
        fileFields: field.list({
          label: 'Files',
          addLabel: 'Add file',
          showIf: { body: ['multipart'] },
          fields: {
            name: field.text({ label: 'Name', required: true, placeholder: 'upload' }),
            file: field.text({ label: 'File of the item', required: true, default: 'data' }),
          },
        }),
        bodyFile: field.text({
          label: 'File of the item',
          help: 'Its type is the content type, unless a header says otherwise.',
          default: 'data',
          required: true,
          showIf: { body: ['file'] },
        }),
        rawBody: field.text({ label: 'Text', multiline: true, showIf: { body: ['raw'] } }),
        contentType: field.text({
          label: 'Content type',
          default: 'text/plain',
          placeholder: 'text/xml',
          showIf: { body: ['raw'] },
        }),
        pages: field.select({
          label: 'Pages',
          options: [
            { value: 'one', label: 'One request' },
            { value: 'next-url', label: 'The answer names the next page' },
            { value: 'parameters', label: 'A parameter changes from page to page' },
          ],
          default: 'one',
        }),
        nextUrl: field.text({
          label: 'Address of the next page',
          help: '$response is the last answer: body, headers, statusCode. Empty: it was the last page.',
          placeholder: '{{ $response.body.next }}',
          showIf: { pages: ['next-url'] },
        }),
        pageParameters: field.list({
          label: 'Parameters that change',
          addLabel: 'Add parameter',
          help: '$pageCount says how many pages there were so far, $response is the last answer.',
          showIf: { pages: ['parameters'] },
          fields: {
            place: field.select({
              label: 'In',
              options: [
                { value: 'query', label: 'Query' },
                { value: 'body', label: 'Body' },
                { value: 'headers', label: 'Headers' },
              ],
              default: 'query',
            }),
            name: field.text({ label: 'Name', placeholder: 'page' }),
            value: field.text({ label: 'Value', placeholder: '{{ $pageCount + 1 }}' }),
          },
        }),
        completeWhen: field.select({
          label: 'Stop when',
          options: [
            { value: 'empty', label: 'A page is empty' },
            { value: 'status', label: 'The status is one of these' },
            { value: 'condition', label: 'A condition holds' },
          ],
          default: 'empty',
          showIf: { pages: PAGED },
        }),
        completeStatus: field.text({
          label: 'Status codes',
          help: 'Comma-separated.',
          placeholder: '404, 204',
          showIf: { pages: PAGED, completeWhen: ['status'] },
        }),
        completeCondition: field.text({
          label: 'Condition',
          placeholder: '{{ !$response.body.hasMore }}',
          showIf: { pages: PAGED, completeWhen: ['condition'] },
        }),
        maxPages: field.number({
          label: 'Pages at most',
          default: 100,
          min: 1,
          max: 10_000,
          integer: true,
          showIf: { pages: PAGED },
        }),
        pagePauseMs: field.number({
          label: 'Pause between pages (ms)',
          default: 0,
          min: 0,
          max: 600_000,
          integer: true,
          showIf: { pages: PAGED },
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
            errorDetails: field.boolean({
              label: 'Errors as objects',
              help: 'When the node goes on after errors: message, description, status instead of a text.',
            }),
            listAs: field.select({
              label: 'A list in the answer',
              options: [
                { value: 'items', label: 'One item per element' },
                { value: 'field', label: 'One item with the list in a field' },
                { value: 'whole', label: 'One item that is the list', help: 'As old workflows expect it.' },
              ],
              default: 'items',
            }),
            timeoutMs: field.number({
              label: 'Timeout (ms)',
              default: 300_000,
              min: 1,
              max: 3_600_000,
              integer: true,
            }),
            followRedirects: field.boolean({ label: 'Follow redirects', default: true }),
            proxy: field.text({
              label: 'Proxy',
              help: 'Calls go through a tunnel that it opens. It is asked for the address of the host, so its name must be known outside too.',
              placeholder: 'http://user:password@proxy.example.com:3128',
              secret: true,
            }),
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
        shorten: field.options({
          label: 'Shorten the answer',
          help: 'For language models, which read every word of it.',
          fields: {
            what: field.select({
              label: 'The answer is',
              options: [
                { value: 'json', label: 'JSON' },
                { value: 'html', label: 'HTML' },
                { value: 'text', label: 'Text' },
              ],
              default: 'json',
            }),
            dataField: field.text({
              label: 'Field with the data',
              help: 'Only what stands in it counts. Empty: all.',
              placeholder: 'data.items',
            }),
            keep: field.select({
              label: 'Fields',
              options: [
                { value: 'all', label: 'All' },
                { value: 'selected', label: 'Only these' },
                { value: 'except', label: 'All except these' },
              ],
              default: 'all',
            }),
            fields: field.text({ label: 'Field names', help: 'Comma-separated.', placeholder: 'id, name' }),
            selector: field.text({
              label: 'CSS selector',
              help: 'Parts of the page that count.',
              default: 'body',
            }),
            textOnly: field.boolean({ label: 'Text of the page only' }),
            skip: field.text({
              label: 'Leave out',
              help: 'Parts of the page: selectors, comma-separated.',
              placeholder: 'img, nav, footer',
            }),
            maxLength: field.number({
              label: 'Characters at most',
              min: 1,
              max: 10_000_000,
              integer: true,
            }),
          },
        }),
      },
      credentials: [
        AUTH_SLOT,
        {
          name: 'certificate',
          label: 'Certificate',
          types: ['client-certificate'],
          showIf: { sendCertificate: [true] },
        },
      ],
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
