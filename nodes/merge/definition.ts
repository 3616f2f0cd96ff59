import type { Port } from '#engine/node.ts';
import { defineNode, MAIN, operation } from '../define.ts';
import { field } from '../fields.ts';
import { portCount } from '../ports.ts';

const MANY_INPUTS = ['append', 'position', 'sql', 'choose-branch'] as const;
export const inputPort = (index: number) => `input${index + 1}`;

/** How many inputs these parameters give: the modes that pair two sides always have two. */
export function inputCount(parameters: Record<string, unknown>): number {
  const mode = parameters.mode ?? 'append';
  return (MANY_INPUTS as readonly unknown[]).includes(mode) ? portCount(parameters.inputs, 2, 2, 10) : 2;
}

const optionsOf = ({ options }: Record<string, unknown>): Record<string, unknown> =>
  (options ?? {}) as Record<string, unknown>;

export const merge = defineNode({
  type: 'merge',
  version: 1,
  kind: 'logic',
  name: 'Merge',
  category: 'Flow',
  description: 'Waits for several branches and joins their items into one list.',
  search: ['join', 'sql', 'query', 'combine', 'append', 'union', 'enrich', 'lookup', 'zip', 'wait for all'],
  icon: 'merge',
  color: 'cyan',
  operations: {
    default: operation({
      label: 'Merge',
      summary: 'Joins the items of its inputs: one after the other, by field, by position or by SQL.',
      effect: 'pure',
      fields: {
        mode: field.select({
          label: 'Mode',
          options: [
            { value: 'append', label: 'Append', help: 'All items, input after input.' },
            { value: 'fields', label: 'Combine by matching fields', help: 'Like a join of two tables.' },
            {
              value: 'position',
              label: 'Combine by position',
              help: 'First with first, second with second, …',
            },
            { value: 'all', label: 'All combinations', help: 'Every item of 1 with every item of 2.' },
            { value: 'sql', label: 'SQL query', help: 'The inputs are tables that you ask.' },
            { value: 'choose-branch', label: 'Choose a branch', help: 'Waits for all, passes one on.' },
          ],
          default: 'append',
          template: false,
        }),
        inputs: field.number({
          label: 'Number of inputs',
          default: 2,
          min: 2,
          max: 10,
          integer: true,
          showIf: { mode: MANY_INPUTS },
          template: false,
        }),
        query: field.text({
          label: 'Query',
          help: 'The inputs are the tables input1, input2, … with the fields of their items as columns. It is the SQL of SQLite, and it only reads. Take values from the tables: what {{ }} puts in becomes a part of the query.',
          multiline: true,
          required: true,
          default: 'SELECT *\nFROM input1\nLEFT JOIN input2 ON input1.id = input2.id',
          showIf: { mode: ['sql'] },
        }),
        match: field.list({
          label: 'Fields to match',
          addLabel: 'Add field',
          required: true,
          showIf: { mode: ['fields'] },
          fields: {
            field1: field.text({ label: 'Field of input 1', required: true, placeholder: 'id' }),
            field2: field.text({
              label: 'Field of input 2',
              help: 'Empty: the same name.',
              placeholder: 'userId',
            }),
          },
        }),
        keep: field.select({
          label: 'Keep',
          options: [
            { value: 'matches', label: 'Matches', help: 'Pairs whose fields are equal (inner join).' },
            { value: 'non-matches', label: 'Items without a match' },
            {
              value: 'everything',
              label: 'Everything',
              help: 'Pairs and items without a match (outer join).',
            },
            { value: 'enrich-input1', label: 'Enrich input 1', help: 'All items of input 1 (left join).' },
            { value: 'enrich-input2', label: 'Enrich input 2', help: 'All items of input 2 (right join).' },
          ],
          default: 'matches',
          showIf: { mode: ['fields'] },
        }),
        outputFrom: field.select({
          label: 'Output fields from',
          options: [
            { value: 'both', label: 'Both inputs' },
            { value: 'input1', label: 'Input 1' },
            { value: 'input2', label: 'Input 2' },
          ],
          default: 'both',
          showIf: { mode: ['fields'], keep: ['matches', 'non-matches'] },
        }),
        unpaired: field.select({
          label: 'Items without a partner',
          options: [
            { value: 'drop', label: 'Drop' },
            { value: 'keep', label: 'Keep' },
            { value: 'keep-input1', label: 'Keep those of input 1' },
          ],
          default: 'drop',
          showIf: { mode: ['position'] },
        }),
        branch: field.select({
          label: 'Output',
          options: [
            { value: 'input', label: 'Items of one input' },
            { value: 'empty', label: 'One empty item' },
          ],
          default: 'input',
          showIf: { mode: ['choose-branch'] },
        }),
        branchInput: field.number({
          label: 'Input to pass on',
          default: 1,
          min: 1,
          max: 10,
          integer: true,
          showIf: { mode: ['choose-branch'], branch: ['input'] },
        }),
        clash: field.select({
          label: 'When both have a field',
          options: [
            { value: 'last', label: 'Take the last input’s' },
            { value: 'first', label: 'Take the first input’s' },
            { value: 'suffix', label: 'Keep both, with the input’s number', help: 'name_1, name_2' },
          ],
          default: 'last',
          showIf: { mode: ['fields', 'position', 'all'] },
        }),
        options: field.options({
          label: 'Options',
          fields: {
            deep: field.boolean({
              label: 'Merge nested objects',
              help: 'Otherwise a field is taken as a whole.',
              default: true,
            }),
            overwriteEmpty: field.boolean({
              label: 'Prefer values over blanks',
              help: 'A null, an empty text or an empty list never replaces a value.',
            }),
            fuzzy: field.boolean({
              label: 'Compare loosely',
              help: 'Treats "3" and 3 as equal, and null, missing and empty text too.',
            }),
            dotNotation: field.boolean({
              label: 'Dots reach into objects',
              help: 'In the names of fields to match.',
              default: true,
            }),
            firstMatchOnly: field.boolean({ label: 'Use only the first match' }),
            waitForAll: field.boolean({
              label: 'Only run when every input got items',
              help: 'Otherwise it runs once nothing more can come, with what it has.',
              template: false,
            }),
            omitEmpty: field.boolean({
              label: 'Leave fields without a value out',
              help: 'For SQL: otherwise they are null.',
            }),
            successItem: field.boolean({
              label: 'One item when nothing is found',
              help: 'For SQL: { success: true } when the query gives no rows.',
            }),
            passOther: field.boolean({
              label: 'When one input is empty, pass the other on',
              help: 'For combining by fields or by position.',
            }),
          },
        }),
      },
      inputs: (parameters): Port[] =>
        Array.from({ length: inputCount(parameters) }, (_, i) => ({
          name: inputPort(i),
          label: String(i + 1),
        })),
      outputs: MAIN,
      requiredInputs: (parameters) =>
        parameters.mode === 'choose-branch' || optionsOf(parameters).waitForAll === true
          ? Array.from({ length: inputCount(parameters) }, (_, i) => inputPort(i))
          : [],
      sample: [{ json: { id: 1, name: 'Ada', order: 1042 } }],
    }),
  },
});
