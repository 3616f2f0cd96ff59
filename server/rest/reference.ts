import { env } from '../env.ts';
import { openApiDocument } from './openapi.ts';
import type { Json } from './openapi-schemas.ts';
import { fieldsOf, typeOf } from './reference-fields.ts';
import type { Reference, ReferenceEndpoint, ReferenceField } from './schema.ts';

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  security?: unknown[];
  'x-permission'?: string;
  parameters?: Parameter[];
  requestBody?: { content: Record<string, { schema: Json; example?: unknown }> };
  responses: Record<string, { content?: Record<string, { schema?: Json; example?: unknown }> }>;
}
interface Parameter {
  $ref?: string;
  name: string;
  in: string;
  required?: boolean;
  schema: Json;
  example?: unknown;
  description?: string;
}
interface Document {
  tags: { name: string; description: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json>; parameters: Record<string, Parameter> };
}

let made: Reference | undefined;

/** What the reference page shows; made once, for it says the same for as long as this process lives. */
export function getReference(): Reference {
  made ??= referenceOf(openApiDocument() as unknown as Document);
  return made;
}

function referenceOf(document: Document): Reference {
  const all = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      tag: operation.tags[0]!,
      endpoint: endpointOf(method.toUpperCase(), path, operation, document),
    })),
  );
  return {
    url: `${env().APP_URL}/api/v1`,
    tags: document.tags.map(({ name, description }) => ({
      name,
      description,
      endpoints: all
        .filter(({ tag }) => tag === name)
        .map(({ endpoint }) => endpoint)
        .sort((a, b) => (a.path === b.path ? 0 : a.path < b.path ? -1 : 1)),
    })),
  };
}

function endpointOf(
  method: string,
  path: string,
  operation: Operation,
  { components }: Document,
): ReferenceEndpoint {
  const { schemas } = components;
  const parameters = (operation.parameters ?? []).map((one) =>
    one.$ref ? components.parameters[one.$ref.split('/').at(-1)!]! : one,
  );
  const body = Object.entries(operation.requestBody?.content ?? {})[0];
  const [status, answer] = Object.entries(operation.responses).find(([code]) => code.startsWith('2'))!;
  const media = Object.values(answer.content ?? {})[0];
  const needsKey = operation.security === undefined;
  return {
    id: operation.operationId,
    method,
    path,
    summary: operation.summary,
    permission: operation['x-permission'] ?? null,
    needsKey,
    parameters: parameters.map((one) => fieldOfParameter(one, schemas)),
    body: body ? fieldsOf(body[1].schema, schemas) : [],
    answer: {
      status,
      fields: media?.schema ? fieldsOf(media.schema, schemas) : [],
      example: media?.example === undefined ? null : textOf(media.example),
    },
    refusals: Object.keys(operation.responses).filter((code) => !code.startsWith('2')),
    curl: curlOf(method, path, parameters, body && { type: body[0], example: body[1].example }, needsKey),
  };
}

const fieldOfParameter = (one: Parameter, schemas: Record<string, Json>): ReferenceField => ({
  name: one.name,
  level: 0,
  type: typeOf(one.schema, schemas),
  required: one.required === true,
  place: one.in,
  ...(one.description ? { note: one.description } : {}),
});

const textOf = (example: unknown): string =>
  typeof example === 'string' ? example : JSON.stringify(example, null, 2);

/** What one types to call it; the key is taken from the environment, so that it stays out of the shell’s history. */
function curlOf(
  method: string,
  path: string,
  parameters: readonly Parameter[],
  body: { type: string; example?: unknown } | undefined,
  needsKey: boolean,
): string {
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) =>
    encodeURIComponent(String(parameters.find((one) => one.name === name)?.example ?? name)),
  );
  const query = parameters
    .filter((one) => one.in === 'query' && one.required)
    .map((one) => `${one.name}=${encodeURIComponent(String(one.example ?? 'example'))}`)
    .join('&');
  const url = `${env().APP_URL}/api/v1${filled}${query && `?${query}`}`;
  const content = body?.example === undefined ? null : textOf(body.example);
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}'${url}'`,
    ...(needsKey ? [`-H "Authorization: Bearer $LINKFLOW_API_KEY"`] : []),
    ...(body ? [`-H 'Content-Type: ${body.type}'`] : []),
    ...(content === null ? [] : [`-d '${content.replaceAll("'", "'\\''")}'`]),
  ].join(' \\\n  ');
}
