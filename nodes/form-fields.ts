import type { FormEnding, FormField, FormPage } from '#engine/events.ts';
import { field, type InputOf } from './fields.ts';

const CHOICES = ['select', 'multi-select', 'radio', 'checkbox'] as const;
const TYPED = ['text', 'textarea', 'email', 'number', 'password'] as const;

/** The fields of a page that somebody fills in, as one edits them. */
export const pageFields = {
  title: field.text({ label: 'Title', default: 'Form', placeholder: 'Contact us' }),
  description: field.text({ label: 'Description', multiline: true, placeholder: 'We answer within a day.' }),
  fields: field.list({
    label: 'Fields',
    addLabel: 'Add field',
    max: 100,
    default: [{ label: 'Name', kind: 'text', required: true }],
    fields: {
      label: field.text({ label: 'Label', required: true, placeholder: 'Your e-mail' }),
      kind: field.select({
        label: 'Kind',
        options: [
          { value: 'text', label: 'Text' },
          { value: 'textarea', label: 'Long text' },
          { value: 'email', label: 'E-mail' },
          { value: 'number', label: 'Number' },
          { value: 'password', label: 'Password' },
          { value: 'date', label: 'Date' },
          { value: 'select', label: 'Choice from a list' },
          { value: 'multi-select', label: 'Several from a list' },
          { value: 'radio', label: 'Choice by buttons' },
          { value: 'checkbox', label: 'Checkboxes' },
          { value: 'file', label: 'File' },
          { value: 'hidden', label: 'Hidden', help: 'Filled from the address: ?name=value.' },
          { value: 'note', label: 'Text to read' },
        ],
        default: 'text',
      }),
      name: field.text({
        label: 'Name in the data',
        help: 'Empty: the label.',
        placeholder: 'email',
      }),
      required: field.boolean({ label: 'Must be filled in' }),
      options: field.text({
        label: 'Choices',
        help: 'One a line.',
        multiline: true,
        placeholder: 'Sales\nSupport',
        showIf: { kind: CHOICES },
      }),
      placeholder: field.text({ label: 'Example', showIf: { kind: TYPED } }),
      help: field.text({ label: 'Help' }),
      value: field.text({ label: 'Begins with', multiline: true, help: 'For text to read: the text.' }),
      multiple: field.boolean({ label: 'Several files', showIf: { kind: ['file'] } }),
      accept: field.text({ label: 'Types', placeholder: '.pdf, image/*', showIf: { kind: ['file'] } }),
    },
  }),
  submitLabel: field.text({ label: 'Button', default: 'Submit' }),
};

/** What somebody sees at the end, as one edits it. */
export const endingFields = {
  ending: field.select({
    label: 'Then',
    options: [
      { value: 'message', label: 'Show a message' },
      { value: 'redirect', label: 'Go to an address' },
    ],
    default: 'message',
  }),
  endingTitle: field.text({
    label: 'Title of the message',
    default: 'Thank you',
    showIf: { ending: ['message'] },
  }),
  endingMessage: field.text({
    label: 'Message',
    default: 'Your answers have been received.',
    multiline: true,
    showIf: { ending: ['message'] },
  }),
  redirectUrl: field.text({
    label: 'Address',
    placeholder: 'https://example.com/thanks',
    required: true,
    showIf: { ending: ['redirect'] },
  }),
};

const MAX_TITLE = 300;
const MAX_TEXT = 20_000;
const cut = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max - 1)}…` : text);

/** The page as it is shown. Fields without a name or label are left out; of equal names the first counts. */
export function toFormPage(input: InputOf<typeof pageFields>): FormPage {
  const seen = new Set<string>();
  const fields = input.fields.flatMap((row): FormField[] => {
    const name = cut((row.name || row.label).trim(), 200);
    if (name === '' || seen.has(name)) return [];
    seen.add(name);
    return [
      {
        name,
        label: cut(row.label.trim(), MAX_TITLE) || name,
        kind: row.kind,
        required: row.required,
        help: cut(row.help, MAX_TEXT),
        placeholder: cut(row.placeholder, MAX_TITLE),
        value: cut(row.value, MAX_TEXT),
        options: optionsOf(row.options),
        multiple: row.multiple,
        accept: cut(row.accept, MAX_TITLE),
      },
    ];
  });
  return {
    title: cut(input.title.trim(), MAX_TITLE) || 'Form',
    description: cut(input.description, MAX_TEXT),
    submitLabel: cut(input.submitLabel.trim(), 100) || 'Submit',
    fields,
  };
}

const optionsOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean)
      .slice(0, 1_000),
  ),
];

/** An address that is none of the web is not gone to: then there is only the message. */
export function toEnding(input: InputOf<typeof endingFields>): FormEnding {
  const message = {
    title: cut(input.endingTitle.trim(), MAX_TITLE) || 'Thank you',
    message: cut(input.endingMessage, MAX_TEXT),
  };
  const url = input.redirectUrl.trim();
  const leaves = input.ending === 'redirect' && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  return leaves ? { ...message, redirectUrl: url } : message;
}
