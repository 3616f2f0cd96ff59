import type { FormField, FormPage } from './events.ts';

/** What came back from a form: text by field, lists where a name came more than once. */
export type FormText = Readonly<Record<string, string | string[] | undefined>>;

const MAX_TEXT = 100_000;
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
/** Kinds whose answer is a list. */
const LISTS: ReadonlySet<FormField['kind']> = new Set(['multi-select', 'checkbox']);

/**
 * The answers of a form by the names of its fields: numbers as numbers, lists as lists, empty ones as null; names that the
 * form does not have are left out. `issues` says by field what is wrong; files are checked by their number only.
 */
export function readForm(
  { fields }: FormPage,
  text: FormText,
  fileCounts: Readonly<Record<string, number>> = {},
): { values: Record<string, unknown>; issues: Record<string, string> } {
  const values = new Map<string, unknown>();
  const issues = new Map<string, string>();
  for (const field of fields) {
    if (field.kind === 'note') continue;
    if (field.kind === 'file') {
      const issue = fileIssue(field, fileCounts[field.name] ?? 0);
      if (issue) issues.set(field.name, issue);
      continue;
    }
    const given = Object.hasOwn(text, field.name) ? text[field.name] : undefined;
    const list = (Array.isArray(given) ? given : given === undefined ? [] : [given]).filter((v) => v !== '');
    const issue = issueOf(field, list);
    if (issue) issues.set(field.name, issue);
    else values.set(field.name, answerOf(field, list));
  }
  return { values: Object.fromEntries(values), issues: Object.fromEntries(issues) };
}

function fileIssue({ required, multiple }: FormField, count: number): string | null {
  if (required && count === 0) return 'Choose a file.';
  return !multiple && count > 1 ? 'Choose one file only.' : null;
}

function issueOf({ kind, required, options }: FormField, list: readonly string[]): string | null {
  if (list.length === 0)
    return required ? (LISTS.has(kind) ? 'Choose at least one.' : 'Fill this in.') : null;
  if (list.some((value) => value.length > MAX_TEXT)) return 'This is too long.';
  const one = list[0]!;
  switch (kind) {
    case 'email':
      return EMAIL.test(one) ? null : 'This is not an e-mail address.';
    case 'number':
      return Number.isFinite(Number(one)) ? null : 'This is not a number.';
    case 'date':
      return /^\d{4}-\d{2}-\d{2}$/.test(one) && !Number.isNaN(Date.parse(one)) ? null : 'This is not a date.';
    case 'select':
    case 'radio':
    case 'multi-select':
    case 'checkbox':
      return list.every((value) => options.includes(value)) ? null : 'Choose from the list.';
    default:
      return null;
  }
}

function answerOf({ kind }: FormField, list: readonly string[]): unknown {
  if (LISTS.has(kind)) return [...list];
  const [one] = list;
  if (one === undefined) return null;
  return kind === 'number' ? Number(one) : one;
}
