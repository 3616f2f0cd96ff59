import { z } from 'zod';

/**
 * The fields of a node: plain data from which come the form, the draft check (templates allowed), the input schema
 * (rendered, coerced), the JSON Schema of the discovery API and the docs page. One control per kind in components/fields/.
 */
interface Common {
  label: string;
  help?: string;
  placeholder?: string;
  required?: boolean;
  /** false: the text is taken literally, `{{ }}` included. */
  template?: boolean;
  /** Shown (and checked) only while every named sibling field has one of these values. */
  showIf?: Record<string, readonly unknown[]>;
}
export interface TextField extends Common {
  kind: 'text';
  default?: string;
  multiline?: boolean;
}
export interface NumberField extends Common {
  kind: 'number';
  default?: number;
  min?: number;
  max?: number;
  integer?: boolean;
}
export interface BooleanField extends Common {
  kind: 'boolean';
  default?: boolean;
}
export interface SelectField<V extends string = string> extends Common {
  kind: 'select';
  options: readonly { value: V; label: string; help?: string }[];
  default: V;
}
export interface JsonField extends Common {
  kind: 'json';
  default?: unknown;
}
export interface CodeField extends Common {
  kind: 'code';
  language: 'javascript';
  default?: string;
  template: false;
}
export interface DateTimeField extends Common {
  kind: 'datetime';
  default?: string;
}
export interface CronField extends Common {
  kind: 'cron';
  default?: string;
}
/** Another workflow of the workspace, by id. */
export interface WorkflowField extends Common {
  kind: 'workflow';
}
/** Rows of the same fields. */
export interface ListField<F extends Fields = Fields> extends Common {
  kind: 'list';
  fields: F;
  addLabel?: string;
  max?: number;
}
/** Optional fields, added one by one ("Options"). */
export interface OptionsField<F extends Fields = Fields> extends Common {
  kind: 'options';
  fields: F;
}
/** Name → typed value rows, as in Edit fields. */
export interface AssignmentsField extends Common {
  kind: 'assignments';
}
/** A condition group: combinator and rows of left, operator, right. */
export interface ConditionsField extends Common {
  kind: 'conditions';
}

export type Field =
  | TextField
  | NumberField
  | BooleanField
  | SelectField
  | JsonField
  | CodeField
  | DateTimeField
  | CronField
  | WorkflowField
  | ListField
  | OptionsField
  | AssignmentsField
  | ConditionsField;
export type FieldKind = Field['kind'];
export type Fields = { readonly [name: string]: Field };

export const VALUE_TYPES = ['string', 'number', 'boolean', 'array', 'object', 'any'] as const;
export interface Assignment {
  name: string;
  type: (typeof VALUE_TYPES)[number];
  value: unknown;
}
export interface Condition {
  left: unknown;
  /** `<type>.<operation>`, as listed in engine/conditions.ts: `string.equals`, `number.gt`, `boolean.true`, … */
  operator: string;
  right?: unknown;
}
export interface Conditions {
  combinator: 'and' | 'or';
  /** Compare text without regard to case. */
  ignoreCase?: boolean;
  /** Convert values to the operator's type first instead of failing. */
  loose?: boolean;
  rows: Condition[];
}

type ValueOf<F extends Field> =
  F extends SelectField<infer V>
    ? V
    : F extends ListField<infer L>
      ? InputOf<L>[]
      : F extends OptionsField<infer O>
        ? Partial<InputOf<O>>
        : F extends NumberField
          ? number
          : F extends BooleanField
            ? boolean
            : F extends JsonField
              ? unknown
              : F extends AssignmentsField
                ? Assignment[]
                : F extends ConditionsField
                  ? Conditions
                  : string;
/** Rendered and coerced parameters of an operation with these fields. */
export type InputOf<F extends Fields> = { [K in keyof F]: ValueOf<F[K]> };

type Options<T extends Field> = Omit<T, 'kind'>;
/** Constructors keep literal types, so that `InputOf` knows the select values. */
export const field = {
  text: (o: Options<TextField>) => ({ kind: 'text', ...o }) as TextField,
  number: (o: Options<NumberField>) => ({ kind: 'number', ...o }) as NumberField,
  boolean: (o: Options<BooleanField>) => ({ kind: 'boolean', ...o }) as BooleanField,
  select: <const V extends string>(o: Options<SelectField<V>>) =>
    ({ kind: 'select', ...o }) as SelectField<V>,
  json: (o: Options<JsonField>) => ({ kind: 'json', ...o }) as JsonField,
  code: (o: Omit<CodeField, 'kind' | 'template'>) => ({ kind: 'code', template: false, ...o }) as CodeField,
  datetime: (o: Options<DateTimeField>) => ({ kind: 'datetime', ...o }) as DateTimeField,
  cron: (o: Options<CronField>) => ({ kind: 'cron', ...o }) as CronField,
  workflow: (o: Options<WorkflowField>) => ({ kind: 'workflow', ...o }) as WorkflowField,
  list: <F extends Fields>(o: Options<ListField<F>>) => ({ kind: 'list', ...o }) as ListField<F>,
  options: <F extends Fields>(o: Options<OptionsField<F>>) => ({ kind: 'options', ...o }) as OptionsField<F>,
  assignments: (o: Options<AssignmentsField>) => ({ kind: 'assignments', ...o }) as AssignmentsField,
  conditions: (o: Options<ConditionsField>) => ({ kind: 'conditions', ...o }) as ConditionsField,
};

/** Is this field shown for these parameters? Siblings that are absent count with their default. */
export function isShown(field: Field, fields: Fields, parameters: Record<string, unknown>): boolean {
  return Object.entries(field.showIf ?? {}).every(([name, values]) => {
    const value = parameters[name] ?? defaultOf(fields[name]);
    return values.includes(value);
  });
}

/** The value a field has when the workflow does not state it. */
export function defaultOf(field: Field | undefined): unknown {
  if (!field) return undefined;
  switch (field.kind) {
    case 'list':
    case 'assignments':
      return [];
    case 'options':
      return {};
    case 'conditions':
      return { combinator: 'and', rows: [] };
    case 'boolean':
      return field.default ?? false;
    case 'workflow':
      return '';
    case 'number':
      return field.default;
    case 'json':
      return field.default;
    default:
      return field.default ?? '';
  }
}

export const hasTemplate = (value: unknown): boolean =>
  typeof value === 'string' && /(?:^|[^\\])(?:\\\\)*\{\{/.test(value);

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

/** What counts as not filled in. */
export const isBlank = (v: unknown): boolean =>
  v === undefined ||
  v === null ||
  v === '' ||
  (Array.isArray(v) && v.length === 0) ||
  (typeof v === 'object' && 'rows' in v && Array.isArray(v.rows) && v.rows.length === 0);

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
const asJson = (v: unknown) => {
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
      return z.preprocess(rows, z.array(inputSchema(spec.fields)).max(spec.max ?? 1000));
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
  value: z.unknown(),
});
const conditionsSchema = z.object({
  combinator: z.enum(['and', 'or']).default('and'),
  ignoreCase: z.preprocess(asBoolean, z.boolean().optional()),
  loose: z.preprocess(asBoolean, z.boolean().optional()),
  rows: z.array(z.object({ left: z.unknown(), operator: z.string(), right: z.unknown().optional() })),
});
