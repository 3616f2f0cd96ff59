import { defineNode, MAIN, NONE, operation } from '../define.ts';
import { field } from '../fields.ts';

export const webhookTrigger = defineNode({
  type: 'webhook-trigger',
  version: 1,
  kind: 'trigger',
  name: 'Webhook',
  category: 'Triggers',
  description: 'Starts the workflow when its URL is called, and answers the caller.',
  search: ['http', 'url', 'endpoint', 'callback', 'post', 'api', 'receive'],
  icon: 'webhook',
  color: 'emerald',
  startedBy: 'webhook',
  operations: {
    default: operation({
      label: 'When its URL is called',
      summary: 'Starts with one item that holds the headers, query and body of the call.',
      effect: 'pure',
      fields: {
        httpMethod: field.select({
          label: 'Method',
          help: 'Calls with another method are answered with 405.',
          options: [
            { value: 'any', label: 'Any' },
            { value: 'GET', label: 'GET' },
            { value: 'POST', label: 'POST' },
            { value: 'PUT', label: 'PUT' },
            { value: 'PATCH', label: 'PATCH' },
            { value: 'DELETE', label: 'DELETE' },
            { value: 'HEAD', label: 'HEAD' },
          ],
          default: 'POST',
          template: false,
        }),
        respond: field.select({
          label: 'Respond',
          options: [
            { value: 'immediately', label: 'Immediately', help: 'As soon as the call is safely stored.' },
            { value: 'last-node', label: 'When the workflow ends', help: 'With the items of the last node.' },
            { value: 'respond-node', label: 'From a “Respond to webhook” node' },
          ],
          default: 'immediately',
          template: false,
        }),
        responseStatus: field.number({
          label: 'Status code',
          help: 'Empty: 202 when answered at once, 200 with the result.',
          placeholder: '202',
          min: 200,
          max: 599,
          integer: true,
          showIf: { respond: ['immediately', 'last-node'] },
          template: false,
        }),
        responseBody: field.text({
          label: 'Response body',
          help: 'Text that the caller gets at once. Empty: a short JSON message.',
          placeholder: 'Thank you!',
          multiline: true,
          showIf: { respond: ['immediately'] },
          template: false,
        }),
        respondWith: field.select({
          label: 'Respond with',
          options: [
            { value: 'first-item', label: 'First item as JSON' },
            { value: 'all-items', label: 'All items as a JSON array' },
            { value: 'first-file', label: 'File of the first item' },
            { value: 'no-data', label: 'Nothing' },
          ],
          default: 'first-item',
          showIf: { respond: ['last-node'] },
          template: false,
        }),
        responseField: field.text({
          label: 'Only this field',
          help: 'Of the item; with dots for what is inside: order.id. Empty: the whole item.',
          placeholder: 'data',
          showIf: { respondWith: ['first-item'], respond: ['last-node'] },
          template: false,
        }),
        responseFile: field.text({
          label: 'File',
          help: 'Its name in the item. Empty: the first one.',
          placeholder: 'data',
          showIf: { respondWith: ['first-file'], respond: ['last-node'] },
          template: false,
        }),
        options: field.options({
          label: 'Options',
          fields: {
            responseHeaders: field.list({
              label: 'Response headers',
              addLabel: 'Add header',
              fields: {
                name: field.text({ label: 'Name', required: true, placeholder: 'X-Request-Id' }),
                value: field.text({ label: 'Value' }),
              },
            }),
            noBody: field.boolean({ label: 'Answer at once without a body' }),
            responseContentType: field.text({ label: 'Response content type', placeholder: 'text/plain' }),
            ipAllowlist: field.text({
              label: 'Allowed IP addresses',
              help: 'Comma-separated addresses or CIDR ranges. Empty: everybody.',
              placeholder: '203.0.113.7, 10.0.0.0/8',
            }),
            rawBody: field.boolean({
              label: 'Keep the raw body',
              help: 'Adds the body as received, for checking signatures.',
            }),
            ignoreBots: field.boolean({ label: 'Ignore link previews and crawlers' }),
          },
        }),
      },
      inputs: NONE,
      outputs: MAIN,
      sample: [
        {
          json: {
            headers: { 'content-type': 'application/json', 'user-agent': 'curl/8.7.1' },
            params: {},
            query: { source: 'shop' },
            body: { orderId: 1042, email: 'ada@example.com' },
            webhookUrl: 'https://linkflow.example/webhooks/…',
            executionMode: 'production',
          },
        },
      ],
    }),
  },
});
