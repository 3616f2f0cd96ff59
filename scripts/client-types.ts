import { openApiDocument } from '#server/rest/openapi.ts';

type Json = Record<string, unknown>;
interface Operation {
  parameters?: { $ref?: string; name: string; in: string; required?: boolean; schema: Json }[];
  requestBody?: { required?: boolean; content: Record<string, { schema?: Json }> };
  responses: Record<string, { $ref?: string; content?: Record<string, { schema?: Json }> }>;
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: {
    schemas: Record<string, Json>;
    parameters: Record<string, { name: string; in: string; schema: Json }>;
  };
}

/**
 * The types of the REST API for openapi-fetch. The usual generator needs the compiler API of TypeScript 5, which
 * TypeScript 7 has no more; what our own document uses of JSON Schema fits in this file.
 */
export function clientTypes(): string {
  const document = openApiDocument() as unknown as Document;
  const { schemas } = document.components;
  return [
    '// Made by `npm run generate:client` from the OpenAPI document. Do not edit.',
    '// biome-ignore-all format: a line per endpoint',
    'export interface paths {',
    ...Object.entries(document.paths).map(
      ([path, one]) => `  ${JSON.stringify(path)}: ${pathOf(one, document)};`,
    ),
    '}',
    'export interface schemas {',
    ...Object.entries(schemas).map(([name, schema]) => `  ${name}: ${typeOf(schema)};`),
    '}',
    '',
  ].join('\n');
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'options', 'head', 'trace'];

const pathOf = (operations: Record<string, Operation>, document: Document): string =>
  `{ ${METHODS.map((method) =>
    operations[method] ? `${method}: ${operationOf(operations[method], document)}` : `${method}?: never`,
  ).join('; ')} }`;

function operationOf(
  { parameters = [], requestBody, responses }: Operation,
  { components }: Document,
): string {
  const all = parameters.map((one) =>
    one.$ref ? { required: false, ...components.parameters[one.$ref.split('/').at(-1)!]! } : one,
  );
  const places = ['query', 'header', 'path', 'cookie'].map((place) => {
    const here = all.filter((one) => one.in === place);
    if (here.length === 0) return `${place}?: never`;
    const fields = here.map((one) => field(one.name, one.schema, one.required === true)).join('; ');
    return `${place}${here.some(({ required }) => required) ? '' : '?'}: { ${fields} }`;
  });
  const body = requestBody
    ? `requestBody${requestBody.required ? '' : '?'}: ${contentOf(requestBody)}`
    : 'requestBody?: never';
  const answers = Object.entries(responses).map(([status, answer]) =>
    answer.$ref
      ? `${status}: { headers: { [name: string]: unknown }; content: { "application/problem+json": schemas["Problem"] } }`
      : `${status}: { headers: { [name: string]: unknown }; ${answer.content ? contentOf(answer).slice(2, -2) : 'content?: never'} }`,
  );
  return `{ parameters: { ${places.join('; ')} }; ${body}; responses: { ${answers.join('; ')} } }`;
}

const contentOf = ({ content = {} }: { content?: Record<string, { schema?: Json }> }): string =>
  `{ content: { ${Object.entries(content)
    .map(([type, { schema }]) => `${JSON.stringify(type)}: ${schema ? typeOf(schema) : 'unknown'}`)
    .join('; ')} } }`;

const field = (name: string, schema: Json, required: boolean): string =>
  `${JSON.stringify(name)}${required ? '' : '?'}: ${typeOf(schema)}`;

function typeOf(schema: Json): string {
  if (typeof schema.$ref === 'string') return `schemas[${JSON.stringify(schema.$ref.split('/').at(-1))}]`;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => JSON.stringify(one)).join(' | ');
  const choice = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
  if (choice) return `(${[...new Set(choice.map(typeOf))].join(' | ')})`;
  if (Array.isArray(schema.type))
    return `(${schema.type.map((type) => typeOf({ ...schema, type })).join(' | ')})`;
  switch (schema.type) {
    case 'object':
      return objectOf(schema);
    case 'array':
      return `${schema.items ? typeOf(schema.items as Json) : 'unknown'}[]`;
    case 'integer':
      return 'number';
    case 'string':
    case 'number':
    case 'boolean':
    case 'null':
      return schema.type;
    default:
      return 'unknown';
  }
}

function objectOf({ properties = {}, required = [], additionalProperties }: Json): string {
  const names = new Set(required as string[]);
  const fields = Object.entries(properties as Record<string, Json>).map(([name, one]) =>
    field(name, one, names.has(name)),
  );
  const others = additionalProperties as Json | boolean | undefined;
  const isOpen = typeof others === 'object' && others !== null;
  if (fields.length > 0) return `{ ${fields.join('; ')}${isOpen ? '; [key: string]: unknown' : ''} }`;
  return isOpen ? `{ [key: string]: ${typeOf(others as Json)} }` : '{ [key: string]: unknown }';
}
