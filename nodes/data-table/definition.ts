import { defineNode, MAIN, operation, type PortsOf } from '../define.ts';
import { field } from '../fields.ts';

const table = field.table({ label: 'Table', required: true, help: 'One of the tables of this workspace.' });

const OPERATORS = [
  { value: 'eq', label: 'equals' },
  { value: 'neq', label: 'does not equal' },
  { value: 'gt', label: 'is greater than' },
  { value: 'gte', label: 'is greater or equal' },
  { value: 'lt', label: 'is less than' },
  { value: 'lte', label: 'is less or equal' },
  { value: 'like', label: 'is like (%, _)' },
  { value: 'ilike', label: 'is like, in any case' },
  { value: 'isEmpty', label: 'is empty' },
  { value: 'isNotEmpty', label: 'is not empty' },
  { value: 'isTrue', label: 'is true' },
  { value: 'isFalse', label: 'is false' },
] as const;

const filter = {
  match: field.select({
    label: 'Rows that meet',
    options: [
      { value: 'all', label: 'All conditions' },
      { value: 'any', label: 'Any condition' },
    ],
    default: 'all',
  }),
  conditions: field.list({
    label: 'Conditions',
    addLabel: 'Add condition',
    fields: {
      column: field.text({ label: 'Column', required: true, placeholder: 'email' }),
      operator: field.select({ label: 'Is', options: OPERATORS, default: 'eq' }),
      value: field.text({
        label: 'Value',
        placeholder: '{{ $json.email }}',
        showIf: { operator: OPERATORS.slice(0, 8).map(({ value }) => value) },
      }),
    },
  }),
};

const values = {
  mode: field.select({
    label: 'Values',
    options: [
      { value: 'auto', label: 'Fields of the item', help: 'Those that are called like a column.' },
      { value: 'define', label: 'Chosen one by one' },
    ],
    default: 'auto',
  }),
  values: field.list({
    label: 'Columns',
    addLabel: 'Add column',
    showIf: { mode: ['define'] },
    fields: {
      column: field.text({ label: 'Column', required: true, placeholder: 'email' }),
      value: field.text({ label: 'Value', placeholder: '{{ $json.email }}' }),
    },
  }),
};

const row = {
  id: 7,
  email: 'ada@example.com',
  visits: 3,
  createdAt: '2026-01-02T03:04:05.000Z',
  updatedAt: '2026-01-02T03:04:05.000Z',
};
const FOUND_OR_NOT: PortsOf = [
  { name: 'found', label: 'Found' },
  { name: 'missing', label: 'Not found' },
];

export const dataTable = defineNode({
  type: 'data-table',
  version: 1,
  kind: 'action',
  name: 'Data table',
  category: 'Data',
  description: 'Keeps rows in a table of this workspace, and finds, changes and deletes them.',
  search: ['database', 'store', 'rows', 'insert', 'upsert', 'lookup', 'state', 'memory', 'spreadsheet'],
  icon: 'table-2',
  color: 'cyan',
  operations: {
    insert: operation({
      label: 'Add rows',
      summary: 'Adds a row per item; a repetition after a crash adds none twice.',
      effect: 'write',
      inputs: MAIN,
      outputs: MAIN,
      fields: { table, ...values },
      sample: [{ json: row }],
    }),
    get: operation({
      label: 'Get rows',
      summary: 'Gives the rows that meet the conditions, per item.',
      effect: 'read',
      inputs: MAIN,
      outputs: MAIN,
      fields: {
        table,
        ...filter,
        limit: field.number({
          label: 'At most',
          help: 'Rows per item.',
          default: 50,
          min: 1,
          max: 10_000,
          integer: true,
        }),
        orderBy: field.text({
          label: 'Order by',
          placeholder: 'createdAt',
          help: 'A column; empty: the oldest first.',
        }),
        descending: field.boolean({ label: 'Largest or newest first' }),
      },
      sample: [{ json: row }],
    }),
    update: operation({
      label: 'Change rows',
      summary: 'Changes columns of the rows that meet the conditions.',
      effect: 'write',
      inputs: MAIN,
      outputs: MAIN,
      fields: { table, ...filter, ...values },
      sample: [{ json: row }],
    }),
    upsert: operation({
      label: 'Change rows or add one',
      summary: 'Changes the rows that meet the conditions; when there are none, adds one.',
      effect: 'write',
      inputs: MAIN,
      outputs: MAIN,
      fields: { table, ...filter, ...values },
      sample: [{ json: row }],
    }),
    delete: operation({
      label: 'Delete rows',
      summary: 'Deletes the rows that meet the conditions, and gives them.',
      effect: 'write',
      inputs: MAIN,
      outputs: MAIN,
      fields: { table, ...filter },
      sample: [{ json: row }],
    }),
    exists: operation({
      label: 'Look whether a row exists',
      summary: 'Sends each item on by “Found” or “Not found”.',
      effect: 'read',
      inputs: MAIN,
      outputs: FOUND_OR_NOT,
      fields: { table, ...filter },
      sample: [{ json: { email: 'ada@example.com' } }],
    }),
  },
});
