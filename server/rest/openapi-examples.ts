import { latestDefinition } from '#nodes/definitions.ts';
import type { Json } from './openapi-schemas.ts';

const ID = '01979d3c-8f1a-7c52-9b0e-3f6d2a41c7e8';
const TIME = '2027-01-31T09:00:00.000Z';

const NODE = (type: string, id: string, x: number): Json => ({
  id,
  name: latestDefinition(type)!.name,
  type,
  version: latestDefinition(type)!.version,
  position: { x, y: 0 },
  parameters: {},
  credentials: {},
  disabled: false,
  notes: '',
  settings: {
    onError: 'stop',
    timeoutMs: 0,
    executeOnce: false,
    alwaysOutput: false,
    retry: null,
  },
});
const EDGE = { from: { node: 'start', port: 'main' }, to: { node: 'end', port: 'main' } };

/** What a field of this name holds, wherever it fits its schema; the rest is made from the schema alone. */
const SAMPLES: Record<string, unknown> = {
  id: ID,
  workflowId: ID,
  workspaceId: ID,
  executionId: ID,
  userId: ID,
  versionId: ID,
  name: 'Orders',
  workflowName: 'Orders',
  fileName: 'Orders.yaml',
  email: 'ada@example.com',
  password: 'correct horse battery',
  code: '492039',
  token: 'lf_login.q1w2e3r4t5y6.Zm9yLWV4YW1wbGUtb25seS1ub3QtYS1rZXk',
  nodeId: 'start',
  edgeId: 'kq3v9XbT0yLm2RsA',
  number: 3,
  type: 'webhook-trigger',
  status: 'completed',
  mode: 'webhook',
  cron: '0 9 * * 1-5',
  timezone: 'Europe/Berlin',
  message: 'Ask for the customer’s number first',
  url: 'https://linkflow.example/webhooks/3fK9…',
  host: 'api.example.com',
  path: 'reports/january.csv',
  search: 'orders',
  level: 'info',
  role: 'member',
  kind: 'trigger',
  category: 'Triggers',
  icon: 'webhook',
  durationMs: 184,
  queuedMs: 12,
  limit: 20,
  cursor: 'MjAyNy0wMS0zMVQwOTowMDowMC4wMDBafDAx',
  nextCursor: null,
  retryOfId: null,
  nodeType: 'webhook-trigger',
  triggerType: 'webhook-trigger',
  nextRun: TIME,
  versionNumber: 3,
  liveDiffers: false,
  draftDiffers: false,
  from: EDGE.from,
  to: EDGE.to,
  error: null,
  issues: [],
  revision: 4,
  text: 'format: linkflow/1\nname: Orders\n',
};

/** A graph that somebody sends. */
const SENT = {
  nodes: [NODE('manual-trigger', 'start', 0), NODE('no-op', 'end', 240)],
  edges: [EDGE],
};

/** Where a name means something else. */
const SAMPLES_OF: Record<string, Record<string, unknown>> = {
  Credentials: {
    type: 'bearer',
    name: 'Shop API',
    data: { token: 'only-an-example' },
    allowedHost: 'api.example.com',
  },
  Graph: { type: 'no-op', name: 'Do nothing' },
  'Node types': { type: 'webhook-trigger', name: 'Webhook', label: 'When its URL is called' },
  Schedules: { name: 'Weekday mornings', status: 'active' },
  Tables: { name: 'orders' },
  Users: { name: 'Ada' },
  Auth: { name: 'Ada' },
};

/** What is left out of an example although it may be there: it would only make it long. */
const LEFT_OUT = new Set(['stored', 'revision', 'cursor', 'pinData', 'settings', 'rule', 'wait', 'limit']);

const itemOf = (type: string) => sampleOf(type)[0] as Json;
const sampleOf = (type: string): unknown[] => Object.values(latestDefinition(type)!.operations)[0]!.sample;
const MADE = {
  /** From the definitions, so that an example holds what such a node really gives. */
  items: () => ({ main: [itemOf('webhook-trigger')] }),
  none: () => ({}),
};

/** Where an example stands. */
interface About {
  components: Record<string, Json>;
  /** Of what is sent: it has what is required, and what is known by name. */
  isInput: boolean;
  tag?: string;
}

/** An example of a schema, by the names of its fields and what the schema says; `components` resolves its references. */
export function exampleOf(schema: Json, about: About, name = ''): unknown {
  const { components, isInput, tag } = about;
  const samples: Record<string, unknown> = {
    ...SAMPLES,
    ...(isInput ? SENT : {}),
    ...(tag === undefined ? {} : SAMPLES_OF[tag]),
  };
  const make = (one: Json, key: string): unknown => exampleOf(one, about, key);
  if (typeof schema.$ref === 'string') {
    const target = schema.$ref.replace('#/components/schemas/', '');
    const known = MADE_OF[target.replace(/Input$/, '')];
    return known ? known() : make(components[target]!, name);
  }
  if ((name === 'inputs' || name === 'outputs') && schema.type === 'object') return MADE.items();
  if ((name === 'items' || name === 'sample') && schema.type === 'array') return sampleOf('webhook-trigger');
  if (Object.hasOwn(samples, name) && fits(samples[name], schema)) return samples[name];
  if (schema.default !== undefined && schema.type !== 'object') return schema.default;
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const choice = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
  if (choice) return make(choice[0]!, name);
  switch (Array.isArray(schema.type) ? schema.type[0] : schema.type) {
    case 'object':
      return objectOf(schema, make, isInput ? samples : null);
    case 'array':
      return arrayOf(schema, make, name);
    case 'string':
      return textOf(schema);
    case 'integer':
    case 'number':
      return Math.max(1, Number(schema.minimum ?? 0));
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return {};
  }
}

function objectOf(
  schema: Json,
  make: (one: Json, key: string) => unknown,
  only: Record<string, unknown> | null,
): Json {
  const required = new Set((schema.required ?? []) as string[]);
  const entries = Object.entries((schema.properties ?? {}) as Record<string, Json>)
    .filter(
      ([key]) => required.has(key) || (!LEFT_OUT.has(key) && (only === null || Object.hasOwn(only, key))),
    )
    .map(([key, one]) => [key, make(one, key)] as const);
  return Object.fromEntries(entries);
}

function arrayOf(schema: Json, make: (one: Json, key: string) => unknown, name: string): unknown[] {
  if (name === 'issues') return [];
  const singular = name.replace(/ies$/, 'y').replace(/s$/, '');
  return schema.items ? [make(schema.items as Json, singular === name ? '' : singular)] : [];
}

function textOf({ format, pattern, minLength = 0 }: Json): string {
  if (format === 'uuid') return ID;
  if (format === 'date-time') return TIME;
  if (format === 'email') return 'ada@example.com';
  if (pattern !== undefined) return 'example';
  return 'example'.padEnd(Number(minLength), 'x');
}

/** Whether a sample is of the type, and in the list, that the schema names. */
function fits(value: unknown, schema: Json): boolean {
  const choice = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
  if (choice) return choice.some((one) => fits(value, one));
  if (Array.isArray(schema.enum)) return schema.enum.includes(value);
  if (schema.const !== undefined) return schema.const === value;
  if (schema.format === 'uuid') return value === ID;
  if (schema.format === 'date-time' || schema.format === 'email') return textOf(schema) === value;
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  const types = [schema.type].flat();
  return types.includes(type) || (types.includes('integer') && type === 'number');
}

const SETTINGS = {
  timezone: 'UTC',
  timeoutMs: 300_000,
  order: 'parallel',
  errorWorkflowId: null,
  concurrency: null,
  priority: 'normal',
  tier: 'auto',
  saveData: 'all',
};
const MADE_OF: Record<string, () => unknown> = {
  Node: () => NODE('webhook-trigger', 'start', 0),
  Edge: () => EDGE,
  WorkflowSettings: () => SETTINGS,
  WorkflowFile: () => ({
    format: 'linkflow/1',
    name: 'Orders',
    nodes: [NODE('webhook-trigger', 'start', 0), NODE('no-op', 'end', 240)],
    edges: [EDGE],
    settings: SETTINGS,
    pinData: {},
  }),
};
