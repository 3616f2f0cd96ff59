import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { compact, fieldNames, record, rows, text } from '../n8n-values.ts';

const INCLUDE: Record<string, string> = { specifiedFields: 'selected', allFieldsExcept: 'except' };

export const importers: readonly N8nImporter[] = [
  { types: ['n8n-nodes-base.aggregate'], map: (node) => mapAggregate(node, false) },
  {
    types: ['n8n-nodes-base.itemLists'],
    map: (node, version) =>
      ['aggregateItems', 'concatenateItems'].includes(text(node.parameters.operation))
        ? mapAggregate(node, version < 2.1)
        : null,
  },
];

/** The first list nodes failed when a field was nowhere. */
function mapAggregate({ parameters }: N8nNode, strict: boolean): ImportedNode {
  const whole = parameters.aggregate === 'aggregateAllItemData';
  const options = record(parameters.options);
  const include = INCLUDE[text(parameters.include)] ?? 'all';
  const names = fieldNames(include === 'selected' ? parameters.fieldsToInclude : parameters.fieldsToExclude);
  return {
    type: 'aggregate',
    parameters: compact({
      ...(whole
        ? {
            mode: 'all',
            destination: text(parameters.destinationFieldName, 'data'),
            include,
            includeFields: include === 'all' ? undefined : names,
          }
        : { mode: 'fields', fields: fieldsOf(parameters.fieldsToAggregate) }),
      options: compact({
        dotNotation: options.disableDotNotation === true ? false : undefined,
        mergeLists: options.mergeLists === true || undefined,
        keepMissing: options.keepMissing === true || undefined,
        failIfMissing: (strict && !whole) || undefined,
        includeFiles: options.includeBinaries === true || undefined,
        uniqueFiles: options.keepOnlyUnique === true || undefined,
      }),
    }),
  };
}

const fieldsOf = (value: unknown) =>
  rows(value, 'fieldToAggregate').map((row) =>
    compact({
      name: text(row.fieldToAggregate),
      rename: row.renameField === true ? text(row.outputFieldName) || undefined : undefined,
    }),
  );
