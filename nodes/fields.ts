/**
 * The fields of a node: plain data from which come the form, the draft check (templates allowed), the input schema
 * (rendered, coerced), the JSON Schema of the discovery API and the docs page. One control per kind in components/fields/.
 */
interface Common {
  label: string;
  help?: string;
  placeholder?: string;
  required?: boolean;
  /** Kept for what was imported; no form shows it. */
  hidden?: true;
  /** false: the text is taken literally, `{{ }}` included. */
  template?: boolean;
  /** Shown (and checked) only while every named sibling field has one of these values. */
  showIf?: Record<string, readonly unknown[]>;
}
export interface TextField extends Common {
  kind: 'text';
  default?: string;
  multiline?: boolean;
  /** A password or key: masked in forms, and never shown elsewhere. */
  secret?: boolean;
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
  language: 'javascript' | 'python';
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
/** A data table of the workspace, by id or name. */
export interface TableField extends Common {
  kind: 'table';
}
/** Rows of the same fields. */
export interface ListField<F extends Fields = Fields> extends Common {
  kind: 'list';
  fields: F;
  addLabel?: string;
  max?: number;
  /** Rows that a new node begins with. */
  default?: readonly Record<string, unknown>[];
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
  | TableField
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
  table: (o: Options<TableField>) => ({ kind: 'table', ...o }) as TableField,
  list: <F extends Fields>(o: Options<ListField<F>>) => ({ kind: 'list', ...o }) as ListField<F>,
  options: <F extends Fields>(o: Options<OptionsField<F>>) => ({ kind: 'options', ...o }) as OptionsField<F>,
  assignments: (o: Options<AssignmentsField>) => ({ kind: 'assignments', ...o }) as AssignmentsField,
  conditions: (o: Options<ConditionsField>) => ({ kind: 'conditions', ...o }) as ConditionsField,
};

/** Is this field shown for these parameters? Siblings that are absent count with their default. */
export function isShown(
  field: Pick<Field, 'showIf'>,
  fields: Fields,
  parameters: Record<string, unknown>,
): boolean {
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
      return field.default ?? [];
    case 'assignments':
      return [];
    case 'options':
      return {};
    case 'conditions':
      return { combinator: 'and', rows: [] };
    case 'boolean':
      return field.default ?? false;
    case 'workflow':
    case 'table':
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

/** What counts as not filled in. */
export const isBlank = (v: unknown): boolean =>
  v === undefined ||
  v === null ||
  v === '' ||
  (Array.isArray(v) && v.length === 0) ||
  (typeof v === 'object' && 'rows' in v && Array.isArray(v.rows) && v.rows.length === 0);
