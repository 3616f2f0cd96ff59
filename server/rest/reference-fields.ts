import type { Json } from './openapi-schemas.ts';
import type { ReferenceField } from './schema.ts';

/** Deeper than this the name of the type says enough. */
const MAX_LEVEL = 2;
type Schemas = Record<string, Json>;

/** The fields of an object, or of the objects in a list, with what is inside them. */
export function fieldsOf(schema: Json, schemas: Schemas, level = 0): ReferenceField[] {
  const object = objectIn(schema, schemas);
  if (!object || level > MAX_LEVEL) return [];
  const required = new Set((object.required ?? []) as string[]);
  return Object.entries((object.properties ?? {}) as Record<string, Json>).flatMap(([name, one]) => [
    { name, level, type: typeOf(one, schemas), required: required.has(name), ...noteOf(one) },
    ...fieldsOf(one, schemas, level + 1),
  ]);
}

/** What a schema says of a value, in words. */
export function typeOf(schema: Json, schemas: Schemas): string {
  if (typeof schema.$ref === 'string') return nameOf(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) return schema.enum.map((one) => JSON.stringify(one)).join(' or ');
  const choice = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
  if (choice) return [...new Set(choice.map((one) => typeOf(one, schemas)))].join(' or ');
  if (Array.isArray(schema.type))
    return schema.type.map((type) => typeOf({ ...schema, type }, schemas)).join(' or ');
  switch (schema.type) {
    case 'array':
      return `list of ${schema.items ? typeOf(schema.items as Json, schemas) : 'anything'}`;
    case 'string':
      return TEXTS[String(schema.format)] ?? 'text';
    case 'integer':
      return 'whole number';
    case 'boolean':
      return 'true or false';
    case 'number':
    case 'object':
    case 'null':
      return schema.type;
    default:
      return 'anything';
  }
}
const TEXTS: Record<string, string> = { 'date-time': 'time', uuid: 'id', email: 'e-mail address' };

const nameOf = (ref: string): string => ref.replace('#/components/schemas/', '').replace(/Input$/, '');

function objectIn(schema: Json, schemas: Schemas): Json | null {
  if (typeof schema.$ref === 'string')
    return schemas[schema.$ref.replace('#/components/schemas/', '')] ?? null;
  if (schema.type === 'array') return schema.items ? objectIn(schema.items as Json, schemas) : null;
  const choice = (schema.anyOf ?? schema.oneOf) as Json[] | undefined;
  if (choice) return choice.map((one) => objectIn(one, schemas)).find((one) => one !== null) ?? null;
  return schema.properties ? schema : null;
}

function noteOf({ default: value, minimum, maximum, maxLength, description }: Json): { note?: string } {
  const shown = value !== undefined && typeof value !== 'object' && value !== '';
  const parts = [
    ...(typeof description === 'string' ? [description] : []),
    ...(shown ? [`default ${JSON.stringify(value)}`] : []),
    ...(minimum !== undefined && Number(minimum) > -1e9 ? [`at least ${minimum}`] : []),
    ...(maximum !== undefined && Number(maximum) < 1e12 ? [`at most ${maximum}`] : []),
    ...(maxLength !== undefined ? [`up to ${maxLength} characters`] : []),
  ];
  return parts.length > 0 ? { note: parts.join(' · ') } : {};
}
