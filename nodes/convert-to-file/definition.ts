import { defineNode, MAIN, type OperationDefinition, operation } from '../define.ts';
import { type Fields, field } from '../fields.ts';

const file = field.text({
  label: 'Call the file',
  help: 'Its name inside the item.',
  default: 'data',
  required: true,
});
const encoding = field.text({ label: 'Encoding', help: 'Empty: UTF-8.', placeholder: 'windows-1252' });
const bom = field.boolean({
  label: 'Begin with a byte order mark',
  help: 'Older Excel needs it to see that a CSV file is UTF-8.',
});
const KEEP = [
  { value: 'all', label: 'Fields and files' },
  { value: 'files', label: 'Its files' },
  { value: 'none', label: 'Nothing' },
] as const;
const keep = field.select({ label: 'Keep of the item', options: KEEP, default: 'all' });
const keepOrMove = field.select({
  label: 'Keep of the item',
  options: [...KEEP, { value: 'rest', label: 'All but the field that became the file' }],
  default: 'all',
});
const named = (placeholder: string) => ({
  fileName: field.text({ label: 'File name', placeholder, help: 'An extension is added when it has none.' }),
  exactName: field.boolean({ label: 'Leave the name as it is', help: 'Adds no extension.' }),
});

/** For everything that writes all items as rows. */
const table = {
  headerRow: field.boolean({ label: 'First row has the names', default: true }),
  columns: field.text({
    label: 'Columns',
    help: 'Comma-separated. Empty: all fields of all items.',
    placeholder: 'id, customer.email',
  }),
  nested: field.select({
    label: 'Objects and lists',
    options: [
      { value: 'columns', label: 'One column per value', help: 'customer.email, tags.0' },
      { value: 'json', label: 'As JSON text' },
    ],
    default: 'columns',
  }),
};
const sheetName = field.text({ label: 'Name of the sheet', default: 'Sheet' });

type Part = Pick<OperationDefinition, 'label' | 'summary'> & {
  mimeType: string;
  name: string;
  bytes: number;
};

/** A file that is written twice is only there twice: nobody sees the first. */
const writes = <F extends Fields>({ label, summary, mimeType, name, bytes }: Part, fields: F) =>
  operation({
    label,
    summary,
    effect: 'read',
    fields,
    inputs: MAIN,
    outputs: MAIN,
    sample: [{ json: {}, files: { data: { name, mimeType, sizeBytes: bytes } } }],
  });

const toTable = <F extends Fields>(part: Part, more: F) =>
  writes(part, {
    file,
    options: field.options({ label: 'Options', fields: { ...named(part.name), ...table, ...more } }),
  });

const person = {
  name: field.text({ label: 'Name' }),
  email: field.text({ label: 'E-mail', required: true }),
};

export const convertToFile = defineNode({
  type: 'convert-to-file',
  version: 1,
  kind: 'data',
  name: 'Convert to file',
  category: 'Data',
  description: 'Makes files out of items: CSV, Excel, JSON, text, a web page, a calendar event.',
  search: [
    'csv',
    'excel',
    'xlsx',
    'ods',
    'json',
    'html',
    'rtf',
    'ics',
    'calendar',
    'text',
    'base64',
    'export',
    'spreadsheet',
    'binary',
  ],
  icon: 'file-input',
  color: 'emerald',
  operations: {
    csv: toTable(
      {
        label: 'CSV',
        summary: 'Writes all items as rows of one CSV file.',
        name: 'orders.csv',
        mimeType: 'text/csv',
        bytes: 120,
      },
      {
        delimiter: field.text({ label: 'Between cells', default: ',', help: '\\t is a tab.' }),
        encoding,
        bom,
      },
    ),
    xlsx: toTable(
      {
        label: 'Excel (XLSX)',
        summary: 'Writes all items as rows of a sheet.',
        name: 'orders.xlsx',
        mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        bytes: 6200,
      },
      { sheetName },
    ),
    ods: toTable(
      {
        label: 'OpenDocument (ODS)',
        summary: 'Writes all items as rows of a sheet.',
        name: 'orders.ods',
        mimeType: 'application/vnd.oasis.opendocument.spreadsheet',
        bytes: 5100,
      },
      { sheetName },
    ),
    html: toTable(
      {
        label: 'HTML table',
        summary: 'Writes all items as rows of a table on a page.',
        name: 'orders.html',
        mimeType: 'text/html',
        bytes: 400,
      },
      {},
    ),
    rtf: toTable(
      {
        label: 'RTF table',
        summary: 'Writes all items as rows of a table in a document.',
        name: 'orders.rtf',
        mimeType: 'application/rtf',
        bytes: 900,
      },
      {},
    ),
    json: writes(
      {
        label: 'JSON',
        summary: 'Writes items as JSON.',
        name: 'orders.json',
        mimeType: 'application/json',
        bytes: 80,
      },
      {
        mode: field.select({
          label: 'Files',
          options: [
            { value: 'all', label: 'One for all items', help: 'A list.' },
            { value: 'each', label: 'One for each item' },
          ],
          default: 'all',
        }),
        file,
        options: field.options({
          label: 'Options',
          fields: {
            ...named('orders.json'),
            indent: field.boolean({ label: 'Indented', help: 'For people to read.' }),
            encoding,
            bom,
            keep,
          },
        }),
      },
    ),
    text: writes(
      {
        label: 'Text',
        summary: 'Writes a field of each item as a text file.',
        name: 'letter.txt',
        mimeType: 'text/plain',
        bytes: 80,
      },
      {
        field: field.text({
          label: 'Field with the text',
          help: 'Dots reach into objects.',
          required: true,
          placeholder: 'text',
        }),
        file,
        options: field.options({
          label: 'Options',
          fields: {
            ...named('letter.txt'),
            mimeType: field.text({ label: 'Type', placeholder: 'text/markdown' }),
            encoding,
            bom,
            asJson: field.boolean({ label: 'Text in quotes, as JSON' }),
            keep: keepOrMove,
          },
        }),
      },
    ),
    base64: writes(
      {
        label: 'Base64',
        summary: 'Turns Base64 text in a field of each item into a file.',
        name: 'photo.png',
        mimeType: 'image/png',
        bytes: 48_000,
      },
      {
        field: field.text({
          label: 'Field with the Base64',
          help: 'Dots reach into objects.',
          required: true,
          placeholder: 'image',
        }),
        file,
        options: field.options({
          label: 'Options',
          fields: {
            ...named('photo.png'),
            mimeType: field.text({
              label: 'Type',
              help: 'Empty: by name or content.',
              placeholder: 'image/png',
            }),
            keep: keepOrMove,
          },
        }),
      },
    ),
    calendar: writes(
      {
        label: 'Calendar event (ICS)',
        summary: 'Writes an event that people can add to their calendar.',
        name: 'event.ics',
        mimeType: 'text/calendar',
        bytes: 350,
      },
      {
        title: field.text({ label: 'Title', required: true, placeholder: 'Lunch' }),
        start: field.datetime({ label: 'Begins', required: true }),
        end: field.datetime({ label: 'Ends', required: true }),
        allDay: field.boolean({ label: 'All day' }),
        file,
        options: field.options({
          label: 'Options',
          fields: {
            ...named('event.ics'),
            description: field.text({ label: 'Description', multiline: true }),
            location: field.text({ label: 'Place' }),
            url: field.text({ label: 'Link' }),
            organizer: field.list({ label: 'Organizer', fields: person, max: 1 }),
            attendees: field.list({
              label: 'Attendees',
              addLabel: 'Add attendee',
              fields: { ...person, rsvp: field.boolean({ label: 'Ask for an answer' }) },
            }),
            busy: field.select({
              label: 'Shown as',
              options: [
                { value: '', label: 'Not stated' },
                { value: 'BUSY', label: 'Busy' },
                { value: 'FREE', label: 'Free' },
                { value: 'TENTATIVE', label: 'Tentative' },
                { value: 'OOF', label: 'Out of office' },
              ],
              default: '',
            }),
            status: field.select({
              label: 'Status',
              options: [
                { value: '', label: 'Not stated' },
                { value: 'CONFIRMED', label: 'Confirmed' },
                { value: 'TENTATIVE', label: 'Tentative' },
                { value: 'CANCELLED', label: 'Cancelled' },
              ],
              default: '',
            }),
            repeat: field.text({
              label: 'Repeats',
              help: 'A rule in the form of calendars.',
              placeholder: 'FREQ=WEEKLY;COUNT=10',
            }),
            latitude: field.number({ label: 'Latitude', min: -90, max: 90 }),
            longitude: field.number({ label: 'Longitude', min: -180, max: 180 }),
            calendarName: field.text({ label: 'Name of the calendar' }),
            uid: field.text({
              label: 'ID',
              help: 'The same ID and a higher number change an event sent before.',
            }),
            sequence: field.number({ label: 'Number of the change', min: 0, integer: true }),
            keep,
          },
        }),
      },
    ),
  },
});
