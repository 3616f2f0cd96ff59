import type { Assignment } from '../fields.ts';
import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { bool, compact, record, rows, text } from '../n8n-values.ts';

type Values = Record<string, unknown>;
const TYPES: ReadonlySet<string> = new Set(['string', 'number', 'boolean', 'array', 'object', 'any']);

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.set'],
    map: (node, version) => (version < 3 ? mapOld(node, version) : mapNew(node, version)),
  },
];

/** Version 1 and 2: values in groups by type. They are set as they are, but for numbers in version 2. */
function mapOld({ parameters }: N8nNode, version: number): ImportedNode {
  const keepOnly = bool(parameters.keepOnlySet);
  const blanks: Record<string, unknown> = { boolean: false, number: 0, string: '' };
  const fields = Object.entries(blanks).flatMap(([type, blank]) =>
    rows(parameters.values, type).map(
      (row): Assignment => ({
        name: text(row.name, 'propertyName'),
        type: type === 'number' && version >= 2 ? 'number' : 'any',
        value: row.value ?? blank,
      }),
    ),
  );
  return {
    type: 'set',
    parameters: {
      mode: 'fields',
      fields,
      includeOther: keepOnly ? 'none' : 'all',
      options: compact({
        dotNotation: dots(parameters),
        ignoreConversionErrors: version >= 2 || undefined,
        dropFiles: keepOnly || undefined,
      }),
    },
  };
}

function mapNew({ parameters }: N8nNode, version: number): ImportedNode {
  const options = record(parameters.options);
  const includes = version >= 3.3 ? bool(parameters.includeOtherFields) : true;
  const include = includes ? text(parameters.include, 'all') : 'none';
  const keepsFiles =
    version >= 3.4 ? include !== 'none' && options.stripBinary !== true : options.includeBinary === true;
  return {
    type: 'set',
    parameters: compact({
      ...(parameters.mode === 'raw'
        ? { mode: 'json', json: parameters.jsonOutput ?? '{\n  "my_field_1": "value",\n  "my_field_2": 1\n}' }
        : { mode: 'fields', fields: version >= 3.3 ? assignmentsOf(parameters) : valuesOf(parameters) }),
      includeOther: include,
      otherFields:
        include === 'selected'
          ? parameters.includeFields
          : include === 'except'
            ? parameters.excludeFields
            : undefined,
      options: compact({
        dotNotation: dots(parameters),
        ignoreConversionErrors: options.ignoreConversionErrors === true || undefined,
        dropFiles: keepsFiles ? undefined : true,
      }),
    }),
    ...(bool(parameters.duplicateItem)
      ? { approximated: 'For tests it copied items, which is left out.' }
      : {}),
  };
}

/** On by default; stated only when it is off. */
const dots = (parameters: Values) => (record(parameters.options).dotNotation === false ? false : undefined);

const assignmentsOf = (parameters: Values): Assignment[] =>
  rows(parameters.assignments, 'assignments').flatMap((row) =>
    text(row.name) === '' ? [] : [{ name: text(row.name), type: typeOf(row.type), value: row.value ?? '' }],
  );

/** Version 3.0 to 3.2: the value stands under the name of its type. */
const valuesOf = (parameters: Values): Assignment[] =>
  rows(parameters.fields, 'values').flatMap((row) => {
    const key = text(row.type, 'stringValue');
    const type = typeOf(key.replace(/Value$/, ''));
    const blank = { number: '', boolean: true, array: '[]', object: '{}', string: '', any: '' }[type];
    return text(row.name) === ''
      ? []
      : [{ name: text(row.name), type, value: key in row ? row[key] : blank }];
  });

const typeOf = (value: unknown): Assignment['type'] =>
  (TYPES.has(text(value)) ? text(value) : 'string') as Assignment['type'];
