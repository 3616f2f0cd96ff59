import { z } from 'zod';
import { env } from '../env.ts';
import { type RestEndpoint, restEndpoints } from './endpoints.ts';
import { RAW_ROUTES } from './raw-routes.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 document, made from the same procedures that answer. */
export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const endpoint of restEndpoints()) {
    const { method, path } = endpoint.rest;
    paths[path] = { ...paths[path], [method.toLowerCase()]: describeEndpoint(endpoint) };
  }
  for (const [path, operations] of Object.entries(RAW_ROUTES))
    paths[path] = { ...paths[path], ...operations };
  return {
    openapi: '3.1.0',
    info: { title: 'LinkFlow API', version: '1', description: 'Workflows, executions and their events.' },
    servers: [{ url: `${env().APP_URL}/api/v1` }],
    security: [{ apiKey: [] }],
    paths,
    components: {
      securitySchemes: { apiKey: { type: 'http', scheme: 'bearer', bearerFormat: 'lf_…' } },
      schemas: {
        Problem: {
          type: 'object',
          description: 'RFC 9457',
          properties: {
            type: { type: 'string' },
            title: { type: 'string' },
            status: { type: 'integer' },
            detail: { type: 'string' },
          },
          required: ['title', 'status', 'detail'],
        },
      },
    },
  };
}

function describeEndpoint({ procedure, rest, parameters, inputs, output }: RestEndpoint): Json {
  const input = inputs.length > 0 ? toJsonSchema(inputs[0], 'input') : { properties: {} };
  const properties = (input.properties ?? {}) as Record<string, Json>;
  const required = new Set((input.required ?? []) as string[]);
  const hasBody = rest.method === 'POST' || rest.method === 'PUT' || rest.method === 'PATCH';
  const body = Object.fromEntries(Object.entries(properties).filter(([name]) => !parameters.includes(name)));
  const inQuery = hasBody ? [] : Object.keys(body);
  return {
    operationId: procedure.replace('.', '_'),
    summary: rest.summary,
    tags: [rest.tag],
    parameters: [
      ...parameters.map((name) => ({
        name,
        in: 'path',
        required: true,
        schema: properties[name] ?? { type: 'string' },
      })),
      ...inQuery.map((name) => ({
        name,
        in: 'query',
        required: required.has(name),
        schema: properties[name],
      })),
    ],
    ...(hasBody && Object.keys(body).length > 0
      ? {
          requestBody: {
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: body,
                  required: Object.keys(body).filter((name) => required.has(name)),
                },
              },
            },
          },
        }
      : {}),
    responses: {
      [rest.status ?? 200]:
        rest.status === 204
          ? { description: 'Done' }
          : {
              description: 'Success',
              content: { 'application/json': { schema: output ? toJsonSchema(output, 'output') : {} } },
            },
      default: {
        description: 'Problem',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function toJsonSchema(schema: unknown, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema as z.ZodType, {
    io,
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'date')
        Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
    },
  });
  return json;
}
