import type { WorkflowInput } from '#engine/workflow.ts';

export interface Starter {
  id: string;
  title: string;
  description: string;
  workflow: WorkflowInput;
}

const STEP_X = 300;

/** Small workflows that run as they are: what an empty workspace offers to begin with. */
export const STARTERS: readonly Starter[] = [
  {
    id: 'answer-webhook',
    title: 'Answer a webhook',
    description: 'Call a URL with a name, get a greeting back as JSON.',
    workflow: {
      name: 'Answer a webhook',
      nodes: [
        {
          id: 'webhook',
          name: 'Webhook',
          type: 'webhook-trigger',
          position: { x: 0, y: 0 },
          parameters: { httpMethod: 'POST', respond: 'respond-node' },
        },
        {
          id: 'greet',
          name: 'Write a greeting',
          type: 'set',
          position: { x: STEP_X, y: 0 },
          parameters: {
            mode: 'fields',
            fields: [
              { name: 'greeting', type: 'string', value: 'Hello, {{ $json.body.name || "stranger" }}!' },
              { name: 'receivedAt', type: 'string', value: '{{ $now.toISO() }}' },
            ],
            includeOther: 'none',
          },
        },
        {
          id: 'respond',
          name: 'Respond',
          type: 'respond-to-webhook',
          position: { x: 2 * STEP_X, y: 0 },
          parameters: { respondWith: 'first-item' },
        },
      ],
      edges: [edge('webhook', 'greet'), edge('greet', 'respond')],
    },
  },
  {
    id: 'route-orders',
    title: 'Route orders by value',
    description: 'Receive orders, mark the large ones, and treat them differently.',
    workflow: {
      name: 'Route orders by value',
      nodes: [
        {
          id: 'webhook',
          name: 'Order received',
          type: 'webhook-trigger',
          position: { x: 0, y: 0 },
          parameters: { httpMethod: 'POST', respond: 'last-node' },
        },
        {
          id: 'large',
          name: 'Large order?',
          type: 'if',
          position: { x: STEP_X, y: 0 },
          parameters: {
            conditions: {
              combinator: 'and',
              loose: true,
              rows: [{ left: '{{ $json.body.total }}', operator: 'number.gte', right: 100 }],
            },
          },
        },
        {
          id: 'priority',
          name: 'Mark as priority',
          type: 'set',
          position: { x: 2 * STEP_X, y: -80 },
          parameters: orderFields('priority'),
        },
        {
          id: 'standard',
          name: 'Mark as standard',
          type: 'set',
          position: { x: 2 * STEP_X, y: 80 },
          parameters: orderFields('standard'),
        },
      ],
      edges: [
        edge('webhook', 'large'),
        edge('large', 'priority', 'true'),
        edge('large', 'standard', 'false'),
      ],
    },
  },
  {
    id: 'watch-website',
    title: 'Watch a website',
    description: 'Look every hour, and fail loudly when the page does not answer well.',
    workflow: {
      name: 'Watch a website',
      nodes: [
        {
          id: 'hourly',
          name: 'Every hour',
          type: 'schedule-trigger',
          position: { x: 0, y: 0 },
          parameters: { rules: [{ mode: 'interval', every: 1, unit: 'hours' }] },
        },
        {
          id: 'get',
          name: 'Get the page',
          type: 'http-request',
          position: { x: STEP_X, y: 0 },
          parameters: {
            method: 'GET',
            url: 'https://example.com',
            options: { fullResponse: true, neverError: true, responseFormat: 'text' },
          },
        },
        {
          id: 'bad',
          name: 'Bad answer?',
          type: 'if',
          position: { x: 2 * STEP_X, y: 0 },
          parameters: {
            conditions: {
              combinator: 'and',
              rows: [{ left: '{{ $json.statusCode }}', operator: 'number.gte', right: 400 }],
            },
          },
        },
        {
          id: 'alarm',
          name: 'Raise an alarm',
          type: 'stop-and-error',
          position: { x: 3 * STEP_X, y: -80 },
          parameters: { message: 'The page answered with status {{ $json.statusCode }}.' },
        },
        {
          id: 'fine',
          name: 'All is well',
          type: 'no-op',
          position: { x: 3 * STEP_X, y: 80 },
        },
      ],
      edges: [
        edge('hourly', 'get'),
        edge('get', 'bad'),
        edge('bad', 'alarm', 'true'),
        edge('bad', 'fine', 'false'),
      ],
    },
  },
];

function edge(from: string, to: string, port = 'main') {
  return { from: { node: from, port }, to: { node: to, port: 'main' } };
}

function orderFields(queue: string) {
  return {
    mode: 'fields',
    fields: [
      { name: 'orderId', type: 'any', value: '{{ $json.body.orderId }}' },
      { name: 'total', type: 'any', value: '{{ $json.body.total }}' },
      { name: 'queue', type: 'string', value: queue },
    ],
    includeOther: 'none',
  };
}
