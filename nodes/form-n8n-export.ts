import { inverted, list, on } from './n8n-export-values.ts';
import { compact, text } from './n8n-values.ts';

type Values = Record<string, unknown>;

const TYPES = inverted({
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
});

/** The fields of a form as n8n keeps them. */
export function theirFormFields(fields: unknown): Values {
  return { values: list(fields).map(theirField) };
}

function theirField(field: Values): Values {
  const kind = text(field.kind, 'text');
  const several = kind === 'multi-select';
  const type = several ? 'dropdown' : TYPES[kind];
  const choices = text(field.options)
    .split('\n')
    .filter((option) => option.trim() !== '');
  const isFile = kind === 'file';
  return compact({
    fieldLabel: field.label,
    fieldName: field.name || undefined,
    fieldType: type,
    multiselect: several || undefined,
    requiredField: on(field.required),
    fieldOptions: choices.length > 0 ? { values: choices.map((option) => ({ option })) } : undefined,
    placeholder: field.placeholder || undefined,
    ...(kind === 'note'
      ? { html: escaped(text(field.value)) }
      : { [kind === 'hidden' ? 'fieldValue' : 'defaultValue']: field.value || undefined }),
    multipleFiles: isFile && field.multiple !== true ? false : undefined,
    acceptFileTypes: isFile ? field.accept || undefined : undefined,
  });
}

/** Text to read is HTML there. */
const escaped = (plain: string) => plain.replaceAll('<', '&lt;').replaceAll('\n', '<br>');

/** What somebody sees at the end; `message` is the name that n8n gives to the text. */
export function theirEnding(parameters: Values, message: string): Values {
  if (parameters.ending === 'redirect')
    return { respondWith: 'redirect', redirectUrl: parameters.redirectUrl };
  return compact({
    completionTitle: parameters.endingTitle || undefined,
    [message]: parameters.endingMessage || undefined,
  });
}

/** Texts that both have a default for. */
export const TEXTS = ['title', 'submitLabel', 'endingTitle', 'endingMessage'] as const;
