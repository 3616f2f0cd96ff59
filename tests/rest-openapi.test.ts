import { validate } from '@readme/openapi-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ADMIN_SCOPES } from '#server/api-keys/schema.ts';
import { restEndpoints } from '#server/rest/endpoints.ts';
import { openApiDocument } from '#server/rest/openapi.ts';
import { TAGS } from '#server/rest/openapi-tags.ts';
import { RAW_ROUTES } from '#server/rest/raw-routes.ts';
import { PERMISSIONS } from '#server/scope.ts';
import { ownDatabase } from './support/database.ts';

ownDatabase(); // for the settings: the document has the address of the server

type Json = Record<string, unknown>;
interface Media {
  schema?: Json;
  example?: unknown;
}
interface Operation {
  operationId: string;
  description?: string;
  tags: string[];
  security?: unknown[];
  'x-permission'?: string;
  parameters?: { $ref?: string; name?: string; schema?: Json; example?: unknown }[];
  requestBody?: { content: Record<string, Media> };
  responses: Record<string, { $ref?: string; content?: Record<string, Media> }>;
}
let document: {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json> };
};
let operations: (readonly [string, Operation])[];
beforeAll(() => {
  document = JSON.parse(JSON.stringify(openApiDocument()));
  operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
    ),
  );
});

/** A schema of the document as one that stands alone. Zod makes patterns without the flag that \\p needs. */
const alone = (schema: Json): Json =>
  JSON.parse(
    JSON.stringify({ ...schema, $defs: document.components.schemas }).replaceAll(
      '#/components/schemas/',
      '#/$defs/',
    ),
    (key, value) =>
      key === 'pattern' && typeof value === 'string' && new RegExp(value, 'u') && value.includes('\\p{')
        ? undefined
        : value,
  );
function problemsOf(example: unknown, schema: Json): string[] {
  const parsed = z.fromJSONSchema(alone(schema)).safeParse(example);
  return parsed.success
    ? []
    : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
}

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const result = await validate(structuredClone(document) as never);
    expect(result.valid ? [] : result.errors).toEqual([]);
  });

  it('has every endpoint, each with a name of its own and a known tag', () => {
    const raw = Object.values(RAW_ROUTES).flatMap((one) => Object.keys(one)).length;
    expect(operations).toHaveLength(restEndpoints().length + raw);
    expect(new Set(operations.map(([, { operationId }]) => operationId)).size).toBe(operations.length);
    const known = TAGS.map(({ name }) => name);
    expect(new Set(operations.flatMap(([, { tags }]) => tags))).toEqual(new Set(known));
  });

  it('says what each needs and how it refuses', () => {
    for (const [place, { description, responses, security, ...operation }] of operations) {
      const permission = operation['x-permission'];
      if (permission) expect([...Object.keys(PERMISSIONS), ...ADMIN_SCOPES]).toContain(permission);
      expect([place, description]).toEqual([place, expect.stringMatching(/key|Needs `/)]);
      expect([place, responses['429']?.$ref]).toEqual([place, '#/components/responses/TOO_MANY_REQUESTS']);
      if (!security)
        expect([place, responses['401']?.$ref]).toEqual([place, '#/components/responses/UNAUTHORIZED']);
      if (permission)
        expect([place, responses['403']?.$ref]).toEqual([place, '#/components/responses/FORBIDDEN']);
    }
  });

  it('has an example of everything that is sent and answered, and each fits its schema', () => {
    let count = 0;
    for (const [place, operation] of operations) {
      const bodies = Object.entries(operation.requestBody?.content ?? {});
      const answers = Object.entries(operation.responses)
        .filter(([status]) => status.startsWith('2') && status !== '204')
        .flatMap(([, { content = {} }]) => Object.entries(content));
      if (!operation.responses['204']) expect([place, answers.length]).not.toEqual([place, 0]);
      for (const [type, { schema, example }] of [...bodies, ...answers]) {
        if (type === 'application/octet-stream' || type === 'text/plain') continue;
        expect([place, type, example]).not.toEqual([place, type, undefined]);
        expect([place, example, problemsOf(example, schema ?? {})]).toEqual([place, example, []]);
        count++;
      }
      for (const { name, schema, example } of operation.parameters ?? [])
        if (schema && example !== undefined)
          expect([place, name, problemsOf(example, schema)]).toEqual([place, name, []]);
    }
    expect(count).toBeGreaterThan(100);
  });

  it('is taken by the procedures themselves: an example of a body parses', () => {
    for (const { rest, inputs, parameters } of restEndpoints()) {
      const operation = document.paths[rest.path]![rest.method.toLowerCase()]!;
      const body = operation.requestBody?.content['application/json']?.example;
      if (!body) continue;
      const inPath = Object.fromEntries(
        (operation.parameters ?? []).flatMap(({ name, example }) =>
          name !== undefined && parameters.includes(name) ? [[name, example]] : [],
        ),
      );
      const parsed = (inputs[0] as z.ZodType).safeParse({ ...(body as object), ...inPath });
      expect([rest.path, parsed.error?.issues]).toEqual([rest.path, undefined]);
    }
  });
});
