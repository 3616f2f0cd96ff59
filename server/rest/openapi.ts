import { env } from '../env.ts';
import { type RestEndpoint, restEndpoints } from './endpoints.ts';
import { exampleOf } from './openapi-examples.ts';
import { type DocumentedCode, PROBLEM_SCHEMA, problemResponses, refusals } from './openapi-problems.ts';
import { type Json, SchemaBook } from './openapi-schemas.ts';
import { TAGS } from './openapi-tags.ts';
import { RAW_ROUTES } from './raw-routes.ts';

/** The OpenAPI 3.1 document, made from the same procedures that answer. */
export function openApiDocument(): Json {
  const book = new SchemaBook();
  const paths: Record<string, Json> = {};
  for (const endpoint of restEndpoints()) {
    const { method, path } = endpoint.rest;
    paths[path] = { ...paths[path], [method.toLowerCase()]: describeEndpoint(endpoint, book) };
  }
  for (const [path, operations] of Object.entries(RAW_ROUTES))
    for (const [method, operation] of Object.entries(operations))
      paths[path] = { ...paths[path], [method]: withShared(operation as Json, book) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'LinkFlow API',
      version: '1',
      description: ABOUT,
      license: { name: 'Proprietary', identifier: 'LicenseRef-LinkFlow' },
    },
    servers: [{ url: `${env().APP_URL}/api/v1` }],
    security: [{ apiKey: [] }],
    tags: TAGS,
    paths,
    components: {
      securitySchemes: {
        apiKey: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'lf_…',
          description: 'An API key of the workspace, or the token of a log-in.',
        },
      },
      parameters: PARAMETERS,
      headers: HEADERS,
      responses: problemResponses(),
      schemas: { Problem: PROBLEM_SCHEMA, ...book.components },
    },
  };
}

const ABOUT = `Workflows, executions and everything around them. Lists answer \`{data, nextCursor}\`; send \`nextCursor\` as
\`cursor\` for the next page. Problems are \`application/problem+json\`. Send an \`Idempotency-Key\` with whatever must not
happen twice: for 72 hours the same call gets the same answer.`;

const PARAMETERS = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description: 'The same call with the same key happens once.',
    schema: { type: 'string', maxLength: 200 },
    example: 'order-1042',
  },
  WorkspaceId: {
    name: 'X-Workspace-Id',
    in: 'header',
    required: false,
    description: 'Makes sure that the key is for this workspace.',
    schema: { type: 'string', format: 'uuid' },
  },
  IfMatch: {
    name: 'If-Match',
    in: 'header',
    required: false,
    description: 'The ETag of the answer that the change is based on; another one meanwhile is a 409.',
    schema: { type: 'string' },
    example: '"12"',
  },
};
const integer = (description: string) => ({ description, schema: { type: 'integer' } });
const HEADERS = {
  RequestId: {
    description: 'Names the call in logs; the caller’s own where one was sent.',
    schema: { type: 'string' },
  },
  RateLimitLimit: integer('Calls in the window of the tightest limit.'),
  RateLimitRemaining: integer('How many of them are left.'),
  RateLimitReset: integer('Seconds until the window ends.'),
  ETag: { description: 'The revision, for If-Match.', schema: { type: 'string' } },
};
const SHARED_HEADERS = {
  'X-Request-Id': { $ref: '#/components/headers/RequestId' },
  'RateLimit-Limit': { $ref: '#/components/headers/RateLimitLimit' },
  'RateLimit-Remaining': { $ref: '#/components/headers/RateLimitRemaining' },
  'RateLimit-Reset': { $ref: '#/components/headers/RateLimitReset' },
};
const use = (name: keyof typeof PARAMETERS) => ({ $ref: `#/components/parameters/${name}` });

function describeEndpoint(endpoint: RestEndpoint, book: SchemaBook): Json {
  const { procedure, rest, permission, limit, parameters, inputs, output } = endpoint;
  const input = inputs.length > 0 ? resolved(book.schemaOf(inputs[0], 'input'), book) : {};
  const properties = (input.properties ?? {}) as Record<string, Json>;
  const required = new Set((input.required ?? []) as string[]);
  const hasBody = rest.method === 'POST' || rest.method === 'PUT' || rest.method === 'PATCH';
  const free = Object.keys(properties).filter((name) => !parameters.includes(name));
  const inQuery = hasBody ? free.filter((name) => name === 'wait') : free;
  const inBody = hasBody ? free.filter((name) => name !== 'wait') : [];
  const about = { components: book.components, isInput: true, tag: rest.tag };
  const parameter = (name: string, place: 'path' | 'query') => {
    const schema = properties[name] ?? {
      type: 'string',
      ...(name === 'workspaceId' ? { format: 'uuid' } : {}),
    };
    return {
      ...{ name, in: place, required: place === 'path' || required.has(name), schema },
      example: exampleOf(schema, about, name),
    };
  };
  const isOpen = OPEN.has(procedure);
  return {
    operationId: procedure.replaceAll('.', '_'),
    summary: rest.summary,
    description: needs(permission, isOpen, limit),
    tags: [rest.tag],
    ...(isOpen ? { security: [] } : {}),
    ...(permission ? { 'x-permission': permission } : {}),
    parameters: [
      ...parameters.map((name) => parameter(name, 'path')),
      ...inQuery.map((name) => parameter(name, 'query')),
      ...(isOpen ? [] : [use('WorkspaceId')]),
      ...(permission && rest.method !== 'GET' ? [use('IdempotencyKey')] : []),
      ...('revision' in properties ? [use('IfMatch')] : []),
    ],
    ...(inBody.length > 0 ? { requestBody: bodyOf(inBody, properties, required, about) } : {}),
    responses: { ...answerOf(rest, output, book), ...refusals(codesOf(endpoint, isOpen)) },
  };
}

/** Those that need no key at all. */
const OPEN = new Set(['auth.register', 'auth.login', 'auth.forgotPassword', 'auth.resetPassword']);

const needs = (permission: string | undefined, isOpen: boolean, limit: string): string =>
  `${permission ? `Needs \`${permission}\`.` : isOpen ? 'Needs no key.' : 'Any valid key will do.'} Counts as \`${limit}\`.`;

const resolved = (schema: Json, { components }: SchemaBook): Json =>
  typeof schema.$ref === 'string' ? components[schema.$ref.replace('#/components/schemas/', '')]! : schema;

function bodyOf(
  names: string[],
  properties: Record<string, Json>,
  required: Set<string>,
  about: Parameters<typeof exampleOf>[1],
): Json {
  const schema = {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, properties[name]!])),
    required: names.filter((name) => required.has(name)),
  };
  return {
    required: schema.required.length > 0,
    content: { 'application/json': { schema, example: exampleOf(schema, about) } },
  };
}

function answerOf({ status = 200, tag }: RestEndpoint['rest'], output: unknown, book: SchemaBook): Json {
  if (status === 204) return { 204: { description: 'Done', headers: SHARED_HEADERS } };
  const schema = output ? book.schemaOf(output, 'output') : {};
  const { properties = {} } = resolved(schema, book);
  const hasTag = 'revision' in (properties as Json);
  return {
    [status]: {
      description: status === 201 ? 'Created' : status === 202 ? 'Accepted' : 'Success',
      headers: { ...SHARED_HEADERS, ...(hasTag ? { ETag: { $ref: '#/components/headers/ETag' } } : {}) },
      content: {
        'application/json': {
          schema,
          example: exampleOf(schema, { components: book.components, isInput: false, tag }),
        },
      },
    },
  };
}

function codesOf({ rest, parameters, permission, inputs }: RestEndpoint, isOpen: boolean): DocumentedCode[] {
  const changes = rest.method !== 'GET';
  return [
    ...(inputs.length > 0 ? ['BAD_REQUEST' as const] : []),
    ...(isOpen ? [] : ['UNAUTHORIZED' as const]),
    ...(permission ? ['FORBIDDEN' as const] : []),
    ...(parameters.length > 0 ? ['NOT_FOUND' as const] : []),
    ...(changes ? ['CONFLICT' as const] : []),
    ...(changes && permission ? ['UNPROCESSABLE_CONTENT' as const] : []),
    'TOO_MANY_REQUESTS',
  ];
}

/** What endpoints without a procedure have in common with the others, and examples where they have none of their own. */
function withShared(operation: Json, { components }: SchemaBook): Json {
  const permission = operation['x-permission'] as string;
  const answers = Object.entries(operation.responses as Record<string, Json>).map(([status, answer]) => {
    const content = Object.entries((answer.content ?? {}) as Record<string, Json>).map(([type, media]) => [
      type,
      {
        ...media,
        ...('example' in media || !type.endsWith('json')
          ? {}
          : { example: exampleOf(media.schema as Json, { components, isInput: false }) }),
      },
    ]);
    return [status, { ...answer, headers: SHARED_HEADERS, content: Object.fromEntries(content) }];
  });
  return {
    ...operation,
    description: `Needs \`${permission}\`.`,
    parameters: [...((operation.parameters ?? []) as Json[]), use('WorkspaceId')],
    responses: {
      ...Object.fromEntries(answers),
      ...refusals(['BAD_REQUEST', 'UNAUTHORIZED', 'FORBIDDEN', 'NOT_FOUND', 'TOO_MANY_REQUESTS']),
    },
  };
}
