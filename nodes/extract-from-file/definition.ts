import { defineNode, MAIN, type OperationDefinition, operation } from '../define.ts';
import { type Fields, field } from '../fields.ts';

const file = field.text({
  label: 'File',
  help: 'Its name inside the item.',
  default: 'data',
  required: true,
  placeholder: 'data',
});

const destination = field.text({
  label: 'Put it in field',
  help: 'Dots reach into objects.',
  default: 'data',
  required: true,
});

const keep = field.select({
  label: 'Keep of the item',
  help: 'What else the new items have.',
  options: [
    { value: 'none', label: 'Nothing' },
    { value: 'json', label: 'Its fields' },
    { value: 'file', label: 'Its files' },
    { value: 'both', label: 'Fields and files' },
    { value: 'other-files', label: 'Its other files' },
    { value: 'rest', label: 'Fields and other files' },
  ],
  default: 'none',
});

const encoding = field.text({
  label: 'Encoding',
  help: 'Empty: found out.',
  placeholder: 'windows-1252',
});
const stripBom = field.boolean({
  label: 'Drop the byte order mark',
  help: 'An invisible letter in front of the text.',
  default: true,
});
const password = field.text({ label: 'Password', help: 'For a locked document.', secret: true });

/** For everything that gives one item per row. */
const rows = {
  headerRow: field.boolean({
    label: 'First row has the names',
    help: 'Off: every item is a list of cells, called “row”.',
    default: true,
  }),
  skipEmptyCells: field.boolean({ label: 'Leave empty cells out', help: 'Otherwise they are empty text.' }),
  maxRows: field.number({ label: 'Read at most', help: 'Rows.', min: 1, integer: true, placeholder: '1000' }),
  keep,
};
const typed = field.boolean({
  label: 'Convert numbers and true/false',
  help: 'Otherwise all cells are text.',
});
const sheet = {
  sheet: field.text({ label: 'Sheet', help: 'Empty: the first one.', placeholder: 'Sheet1' }),
  range: field.text({ label: 'Range', help: 'Or the row to begin with.', placeholder: 'A2:D10' }),
  dates: field.select({
    label: 'Dates',
    options: [
      { value: 'iso', label: 'As text', help: '2026-05-01 or 2026-05-01T10:30:00' },
      { value: 'serial', label: 'As in the file', help: 'Days since 1900.' },
    ],
    default: 'iso',
  }),
};
const csv = {
  delimiter: field.text({ label: 'Between cells', default: ',', help: '\\t is a tab.' }),
  fromLine: field.number({ label: 'Begin with line', min: 1, integer: true, default: 1 }),
  encoding,
  stripBom,
  relaxQuotes: field.boolean({
    label: 'Quotes inside of cells',
    help: 'Take them as they are instead of failing.',
  }),
  oddRows: field.select({
    label: 'Rows that do not fit',
    options: [
      { value: 'keep', label: 'Take as they are' },
      { value: 'skip', label: 'Skip' },
      { value: 'error', label: 'Fail' },
    ],
    default: 'keep',
  }),
  maxSkipped: field.number({ label: 'Skip at most', help: 'Rows; more fail.', min: 0, integer: true }),
  typed,
};
const table = field.number({
  label: 'Which table',
  help: 'Of those on the page.',
  min: 1,
  default: 1,
  integer: true,
});

const ROWS = [
  { json: { name: 'Ada', email: 'ada@example.com' } },
  { json: { name: 'Alan', email: 'alan@example.com' } },
];

type Part = Pick<OperationDefinition, 'label' | 'summary' | 'sample'>;

/** Reading a stored file is safe to repeat. */
const reads = <F extends Fields>(part: Part, fields: F) =>
  operation({ ...part, effect: 'read', fields, inputs: MAIN, outputs: MAIN });

const fromTable = <F extends Fields>(label: string, summary: string, more: F) =>
  reads(
    { label, summary, sample: ROWS },
    { file, options: field.options({ label: 'Options', fields: { ...more, ...rows } }) },
  );

const fromWhole = <F extends Fields>(label: string, summary: string, value: unknown, more: F) =>
  reads(
    { label, summary, sample: [{ json: { data: value } }] },
    { file, destination, options: field.options({ label: 'Options', fields: { ...more, keep } }) },
  );

export const extractFromFile = defineNode({
  type: 'extract-from-file',
  version: 1,
  kind: 'data',
  name: 'Extract from file',
  category: 'Data',
  description: 'Reads what is in a file: rows of a table, text of a PDF, JSON, events of a calendar.',
  search: [
    'csv',
    'excel',
    'xlsx',
    'ods',
    'pdf',
    'json',
    'xml',
    'html',
    'ics',
    'rtf',
    'text',
    'base64',
    'parse',
    'spreadsheet',
  ],
  icon: 'file-output',
  color: 'emerald',
  operations: {
    csv: fromTable('CSV', 'Makes an item out of every row of a CSV file.', csv),
    xlsx: fromTable('Excel (XLSX)', 'Makes an item out of every row of a sheet.', sheet),
    ods: fromTable('OpenDocument (ODS)', 'Makes an item out of every row of a sheet.', sheet),
    html: fromTable('HTML table', 'Makes an item out of every row of a table on a page.', {
      table,
      typed,
      encoding,
    }),
    rtf: fromTable('RTF table', 'Makes an item out of every row of the tables in a rich text document.', {
      typed,
    }),
    spreadsheet: fromTable(
      'Any spreadsheet',
      'Finds out the format by itself: CSV, XLSX, ODS, HTML or RTF.',
      {
        ...csv,
        ...sheet,
        table,
      },
    ),
    json: fromWhole(
      'JSON',
      'Reads JSON into a field.',
      { id: 1 },
      {
        encoding,
        stripBom,
        spread: field.boolean({
          label: 'Make it the item itself',
          help: 'Instead of putting it in a field. A list gives one item per element.',
        }),
      },
    ),
    text: fromWhole('Text', 'Reads a text file into a field. Also for XML, Markdown and the like.', 'Hello', {
      encoding,
      stripBom,
    }),
    xml: fromWhole('XML', 'Reads XML as an object into a field.', { order: { id: '1' } }, { encoding }),
    calendar: fromWhole(
      'Calendar (ICS)',
      'Reads the events of a calendar into a field.',
      { events: [{ summary: 'Lunch' }] },
      { encoding },
    ),
    richText: fromWhole(
      'Rich text (RTF)',
      'Reads the text of a rich text document into a field.',
      'Hello',
      {},
    ),
    pdf: reads(
      {
        label: 'PDF',
        summary: 'Reads text and facts of a PDF document.',
        sample: [{ json: { numpages: 1, text: 'Invoice 1042' } }],
      },
      {
        file,
        options: field.options({
          label: 'Options',
          fields: {
            pages: field.text({ label: 'Pages', help: 'Empty: all.', placeholder: '1-3, 7' }),
            maxPages: field.number({ label: 'Read at most', help: 'Pages.', min: 1, integer: true }),
            joinPages: field.boolean({
              label: 'One text for all pages',
              help: 'Off: a list of texts.',
              default: true,
            }),
            password,
            keep,
          },
        }),
      },
    ),
    base64: fromWhole('Base64', 'Puts the whole file into a field, as Base64 text.', 'SGVsbG8=', {}),
  },
});
