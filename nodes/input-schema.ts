import { z } from 'zod';
import { defaultOf, type Field, type Fields, type InputOf, isBlank, isShown, VALUE_TYPES } from './fields.ts';

/**
 * Zod schema of rendered parameters: coerces text to numbers and booleans where the meaning is certain. Fields that are
 * not shown are not looked at: they have their default, whatever the workflow still holds from another mode.
 */
export function inputSchema<F extends Fields>(fields: F): z.ZodType<InputOf<F>> {
  const shape: Record<string, z.ZodType> = {};
  for (const [name, spec] of Object.entries(fields)) shape[name] = valueSchema(spec);
  const schema = z.object(shape).superRefine((values, context) => {
    for (const [name, spec] of Object.entries(fields)) {
      if (!spec.required || !isBlank(values[name]) || !isShown(spec, fields, values)) continue;
      context.addIssue({ code: 'custom', path: [name], message: 'must not be empty' });
    }
  });
  const hides = Object.values(fields).some((spec) => spec.showIf);
  const shown = (value: unknown) => {
    if (typeof value !== 'object' || value === null) return value;
    const values = value as Record<string, unknown>;
    return Object.fromEntries(
      Object.keys(fields).flatMap((name) =>
        isShown(fields[name]!, fields, values) ? [[name, values[name]]] : [],
      ),
    );
  };
  return (hides ? z.preprocess(shown, schema) : schema) as unknown as z.ZodType<InputOf<F>>;
}

/** Text of any value; a date (luxon or native) is its ISO text, other objects are JSON. */
const asText = (v: unknown) => {
  if (v === null || v === undefined) return '';
  if (typeof v === 'string') return v;
  if (typeof v !== 'object') return String(v);
  const json = JSON.stringify(v);
  return json.startsWith('"') ? (JSON.parse(json) as string) : json;
};
const asNumber = (v: unknown) =>
  typeof v === 'string' && v.trim() !== '' ? Number(v) : v === '' ? undefined : v;
const asBoolean = (v: unknown) => (v === 'true' ? true : v === 'false' ? false : v);
/** Text that is JSON as what it says. */
export const asJson = (v: unknown): unknown => {
  if (typeof v !== 'string' || v.trim() === '') return v;
  try {
    return JSON.parse(v);
  } catch {
    return v; // text that is not JSON stays text; nodes that need an object say so themselves
  }
};
const rows = (v: unknown) => (v === null || v === undefined || v === '' ? [] : v);

function valueSchema(spec: Field): z.ZodType {
  const fallback = defaultOf(spec);
  switch (spec.kind) {
    case 'number': {
      let schema = z.number({ error: 'must be a number' });
      if (spec.integer) schema = schema.int();
      if (spec.min !== undefined) schema = schema.min(spec.min);
      if (spec.max !== undefined) schema = schema.max(spec.max);
      return z.preprocess(
        (v) => asNumber(v) ?? fallback,
        fallback !== undefined ? schema : schema.optional(),
      );
    }
    case 'boolean':
      return z.preprocess((v) => asBoolean(v) ?? fallback, z.boolean({ error: 'must be true or false' }));
    case 'select':
      return z.preprocess(
        (v) => (v === undefined || v === '' ? fallback : v),
        z.enum(spec.options.map((o) => o.value) as [string, ...string[]]),
      );
    case 'json':
      return z.preprocess((v) => asJson(v) ?? fallback, z.unknown());
    case 'list':
      return z.preprocess(
        (v) => rows(v === undefined ? fallback : v),
        z.array(inputSchema(spec.fields)).max(spec.max ?? 1000),
      );
    case 'options': {
      const shape: Record<string, z.ZodType> = {};
      for (const [name, inner] of Object.entries(spec.fields)) shape[name] = valueSchema(inner).optional();
      return z.preprocess((v) => v ?? {}, z.object(shape));
    }
    case 'assignments':
      return z.preprocess(rows, z.array(assignmentSchema));
    case 'conditions':
      return z.preprocess((v) => v ?? fallback, conditionsSchema);
    default:
      return z.preprocess((v) => asText(v === undefined ? fallback : v), z.string());
  }
}

const assignmentSchema = z.object({
  name: z.preprocess(asText, z.string()),
  type: z.enum(VALUE_TYPES).default('string'),
  // A key that is absent counts as undefined: JSON files cannot say undefined.
  value: z.unknown().optional(),
});
const conditionsSchema = z.object({
  combinator: z.enum(['and', 'or']).default('and'),
  ignoreCase: z.preprocess(asBoolean, z.boolean().optional()),
  loose: z.preprocess(asBoolean, z.boolean().optional()),
  rows: z.array(
    z.object({ left: z.unknown().optional(), operator: z.string(), right: z.unknown().optional() }),
  ),
});
