import { OPERATORS } from '#engine/conditions.ts';
import type { Issue } from '#engine/node.ts';
import { defaultOf, type Field, type Fields, hasTemplate, isBlank, isShown } from './fields.ts';
import { inputSchema } from './input-schema.ts';

type FieldIssue = Omit<Issue, 'nodeId'>;

/** Draft check: values without templates must already be right; values with templates are checked when rendered. */
export function checkFields(fields: Fields, parameters: Record<string, unknown>, path = ''): FieldIssue[] {
  const issues: FieldIssue[] = [];
  for (const [name, spec] of Object.entries(fields)) {
    if (isShown(spec, fields, parameters))
      issues.push(...checkField(spec, parameters[name], `${path}${name}`));
  }
  return issues;
}

function checkField(spec: Field, value: unknown, path: string): FieldIssue[] {
  if (spec.template !== false && hasTemplate(value)) return [];
  const effective = value === undefined ? defaultOf(spec) : value;
  if (spec.required && isBlank(effective)) {
    return [
      { code: 'required', severity: 'error', field: path, message: `“${spec.label}” must be filled in.` },
    ];
  }
  if (spec.kind === 'list' || spec.kind === 'options') return checkNested(spec, value, path);
  if (spec.kind === 'assignments' || spec.kind === 'conditions') {
    const issues = schemaIssues(spec, withoutTemplates(effective), path);
    return spec.kind === 'conditions' ? [...issues, ...unknownOperators(effective, path)] : issues;
  }
  if (value === undefined) return [];
  return [...schemaIssues(spec, effective, path), ...secretIssues(spec, effective, path)];
}

/** A secret that is written out is no secret. Those of credentials take their text literally and are no part of a workflow. */
function secretIssues(spec: Field, value: unknown, path: string): FieldIssue[] {
  if (spec.kind !== 'text' || !spec.secret || spec.template === false) return [];
  if (typeof value !== 'string' || value.trim() === '' || value === spec.default || isOpenAddress(value))
    return [];
  const message = `“${spec.label}” is written into the workflow, where everybody who may see it can read it. Put it into a credential, or let a template bring it.`;
  return [{ code: 'secret-in-workflow', severity: 'warning', field: path, message }];
}

/** Such as that of a proxy: what may be secret about it is the login. */
function isOpenAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
}

function checkNested(
  spec: Extract<Field, { kind: 'list' | 'options' }>,
  value: unknown,
  path: string,
): FieldIssue[] {
  if (value === undefined || value === null) return [];
  if (spec.kind === 'list') {
    if (!Array.isArray(value)) return [wrong(path, `${spec.label} must be a list.`)];
    return value.flatMap((row, i) =>
      isRecord(row)
        ? checkFields(spec.fields, row, `${path}.${i}.`)
        : [wrong(`${path}.${i}`, `${spec.label} must hold objects.`)],
    );
  }
  if (!isRecord(value)) return [wrong(path, `${spec.label} must be an object.`)];
  const present = Object.fromEntries(Object.entries(spec.fields).filter(([key]) => key in value));
  return checkFields(present, value, `${path}.`);
}

/** Schemas of single fields: to make one costs far more than to use it, and every draft is checked at each change. */
const schemas = new WeakMap<Field, ReturnType<typeof inputSchema>>();

function schemaOf(spec: Field): ReturnType<typeof inputSchema> {
  let schema = schemas.get(spec);
  if (!schema) {
    schema = inputSchema({ value: { ...spec, required: false, showIf: undefined } as Field });
    schemas.set(spec, schema);
  }
  return schema;
}

function schemaIssues(spec: Field, value: unknown, path: string): FieldIssue[] {
  const result = schemaOf(spec).safeParse({ value });
  if (result.success) return [];
  return result.error.issues.map((issue) => {
    const rest = issue.path.slice(1).join('.');
    return wrong(rest ? `${path}.${rest}` : path, `${spec.label}: ${issue.message}.`);
  });
}

/** A row with an operator that does not exist is never true: no failure, but hardly what was meant. */
function unknownOperators(value: unknown, path: string): FieldIssue[] {
  const rows = isRecord(value) && Array.isArray(value.rows) ? value.rows.filter(isRecord) : [];
  return rows.flatMap((row, i): FieldIssue[] => {
    if (typeof row.operator !== 'string' || Object.hasOwn(OPERATORS, row.operator)) return [];
    const message = `There is no comparison “${row.operator}”; this condition is never met.`;
    return [{ code: 'unknown-operator', severity: 'warning', field: `${path}.rows.${i}.operator`, message }];
  });
}

const wrong = (field: string, message: string): FieldIssue => ({
  code: 'invalid-parameter',
  severity: 'error',
  field,
  message,
});
const isRecord = (v: unknown): v is Record<string, unknown> =>
  typeof v === 'object' && v !== null && !Array.isArray(v);

/** Rows keep their shape; text with templates is blanked, since its value is not known yet. */
function withoutTemplates(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutTemplates);
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, withoutTemplates(v)]));
  return hasTemplate(value) ? '' : value;
}
