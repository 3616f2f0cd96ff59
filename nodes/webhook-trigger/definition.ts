import type { Port } from '#engine/node.ts';
import { defineNode, MAIN, NONE, operation } from '../define.ts';
import { field } from '../fields.ts';

const METHODS = [
  { value: 'GET', label: 'GET' },
  { value: 'POST', label: 'POST' },
  { value: 'PUT', label: 'PUT' },
  { value: 'PATCH', label: 'PATCH' },
  { value: 'DELETE', label: 'DELETE' },
  { value: 'HEAD', label: 'HEAD' },
  { value: 'OPTIONS', label: 'OPTIONS' },
] as const;

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
            ...METHODS,
            { value: 'several', label: 'Several', help: 'Each with an output of its own.' },
          ],
          default: 'POST',
          template: false,
        }),
        methods: field.list({
          label: 'Methods',
          addLabel: 'Add method',
          max: METHODS.length,
          required: true,
          showIf: { httpMethod: ['several'] },
          default: [{ method: 'GET' }, { method: 'POST' }],
          fields: {
            method: field.select({ label: 'Method', options: METHODS, default: 'POST', template: false }),
          },
          template: false,
        }),
        authentication: field.select({
          label: 'Who may call',
          options: [
            { value: 'none', label: 'Everybody who knows the URL' },
            { value: 'basic', label: 'User and password' },
            { value: 'header', label: 'A secret header' },
            { value: 'jwt', label: 'A JSON Web Token', help: 'Its claims are in jwtPayload.' },
            {
              value: 'signature',
              label: 'A signature',
              help: 'Made with a secret that only the sender knows.',
            },
          ],
          default: 'none',
          template: false,
        }),
        signature: field.select({
          label: 'Signed as by',
          options: [
            {
              value: 'standard',
              label: 'Standard Webhooks',
              help: 'Svix, Resend, Clerk, OpenAI and others.',
            },
            { value: 'github', label: 'GitHub' },
            { value: 'stripe', label: 'Stripe' },
            { value: 'slack', label: 'Slack' },
          ],
          default: 'standard',
          showIf: { authentication: ['signature'] },
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
            path: field.text({
              label: 'Path below the URL',
              help: 'What follows a colon becomes a parameter. Empty: only the URL itself.',
              placeholder: 'orders/:orderId/lines/:line',
            }),
            ipAllowlist: field.text({
              label: 'Allowed IP addresses',
              help: 'Comma-separated addresses or CIDR ranges. Empty: everybody.',
              placeholder: '203.0.113.7, 10.0.0.0/8',
            }),
            allowedOrigins: field.text({
              label: 'Sites whose scripts may call (CORS)',
              help: 'Comma-separated origins, or * for all. Empty: none.',
              placeholder: 'https://shop.example',
            }),
            contentTypes: field.text({
              label: 'Allowed content types',
              help: 'Comma-separated; text/* stands for all texts. Empty: any.',
              placeholder: 'application/json',
            }),
            maxBodyBytes: field.number({
              label: 'Largest body in bytes',
              help: 'The server has a limit of its own as well.',
              placeholder: '65536',
              min: 1,
              integer: true,
            }),
            bodySchema: field.json({
              label: 'Body must match (JSON Schema)',
              help: 'Other calls are answered with 400 and what is wrong.',
              placeholder: '{ "type": "object", "required": ["orderId"] }',
              template: false,
            }),
            headersSchema: field.json({
              label: 'Headers must match (JSON Schema)',
              help: 'Names are in lower case, values are texts.',
              placeholder: '{ "required": ["x-shop-id"] }',
              template: false,
            }),
            dedupeKey: field.text({
              label: 'Where the id of a delivery is',
              help: 'The same id within 72 hours starts one execution. Well-known headers are looked at anyway.',
              placeholder: 'body.event.id',
            }),
            rawBody: field.boolean({
              label: 'Keep the raw body as text',
              help: 'Adds the body as received, as rawBody.',
            }),
            rawBodyFile: field.boolean({
              label: 'Keep the raw body as a file',
              help: 'Adds the bytes as received, as the file data.',
            }),
            ignoreBots: field.boolean({ label: 'Ignore link previews and crawlers' }),
          },
        }),
      },
      credentials: [
        { name: 'auth', label: 'User and password', types: ['basic'], showIf: { authentication: ['basic'] } },
        { name: 'auth', label: 'Secret header', types: ['header'], showIf: { authentication: ['header'] } },
        { name: 'auth', label: 'JWT key', types: ['jwt'], showIf: { authentication: ['jwt'] } },
        {
          name: 'auth',
          label: 'Signing secret',
          types: ['webhook-signature'],
          showIf: { authentication: ['signature'] },
        },
      ],
      inputs: NONE,
      outputs: webhookOutputs,
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

/** The methods that a list of rows names, each once, in their order. */
export function methodsOf(rows: unknown): string[] {
  const list: unknown[] = Array.isArray(rows) ? rows : [{ method: 'GET' }, { method: 'POST' }];
  const named = list.map((row) =>
    typeof row === 'object' && row !== null && 'method' in row ? String(row.method) : 'POST',
  );
  return [...new Set(named)].filter((name) => METHODS.some(({ value }) => value === name));
}

export const portOf = (method: string): string => method.toLowerCase();

/** Ports go by method, so that another order of the list does not cut their edges. */
function webhookOutputs({ httpMethod, methods }: Record<string, unknown>): Port[] {
  const named = httpMethod === 'several' ? methodsOf(methods) : [];
  return named.length > 0 ? named.map((name) => ({ name: portOf(name), label: name })) : [...MAIN];
}
