import { bool, compact, record, rows, text } from './n8n-values.ts';
import { isPlain } from './paths.ts';

/** n8n's kinds of form fields; what is not here is plain text there too. */
const KINDS: Record<string, string> = {
  text: 'text',
  textarea: 'textarea',
  email: 'email',
  number: 'number',
  password: 'password',
  date: 'date',
  dropdown: 'select',
  radio: 'radio',
  checkbox: 'checkbox',
  file: 'file',
  hiddenField: 'hidden',
  html: 'note',
};

/** The fields of an n8n form; `values` as in its form trigger, or parsed from its JSON definition. */
export function formFieldsOf(values: readonly Record<string, unknown>[]): Record<string, unknown>[] {
  return values.map((row) => {
    const type = text(row.fieldType, 'text');
    const kind = type === 'dropdown' && row.multiselect === true ? 'multi-select' : (KINDS[type] ?? 'text');
    const options = rows(row.fieldOptions, 'values').map(({ option }) => text(option));
    const label = text(row.fieldLabel) || text(row.fieldName) || text(row.elementName);
    return compact({
      label: label || (kind === 'note' ? 'Text' : 'Field'),
      kind,
      name: text(row.fieldName) || text(row.elementName) || undefined,
      required: bool(row.requiredField) || undefined,
      options: options.length > 0 ? options.join('\n') : undefined,
      placeholder: text(row.placeholder) || undefined,
      value:
        (kind === 'note' ? withoutTags(text(row.html)) : text(row.fieldValue) || text(row.defaultValue)) ||
        undefined,
      multiple: kind === 'file' ? bool(row.multipleFiles, true) || undefined : undefined,
      accept: text(row.acceptFileTypes) || undefined,
    });
  });
}

/** Pages here show plain text: what users write must not act in the origin of the app. */
const withoutTags = (html: string): string =>
  html
    .replace(/<(br|\/p|\/div|\/h\d|\/li)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

/** A list of fields that stands as JSON; null when it depends on a template or is none. */
export function fieldsFromJson(value: unknown): Record<string, unknown>[] | null {
  if (Array.isArray(value)) return value.filter(isPlain);
  try {
    const parsed = JSON.parse(text(value)) as unknown;
    return Array.isArray(parsed) ? parsed.filter(isPlain) : null;
  } catch {
    return null; // a template, or not JSON: the report says so
  }
}

export function endingOf(values: Record<string, unknown>, message: string): Record<string, unknown> {
  if (text(values.respondWith) === 'redirect')
    return { ending: 'redirect', redirectUrl: text(values.redirectUrl) };
  return compact({
    ending: 'message',
    endingTitle: text(values.completionTitle) || undefined,
    endingMessage: text(values[message]) || undefined,
  });
}

export const optionsOf = (parameters: Record<string, unknown>) => record(parameters.options);
