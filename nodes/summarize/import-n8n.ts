import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { compact, fieldNames, record, rows, text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.summarize'],
    map: (node, version) => mapSummarize(node, version < 1.1, version < 1.1),
  },
  {
    types: ['n8n-nodes-base.itemLists'],
    map: (node, version) =>
      node.parameters.operation === 'summarize' ? mapSummarize(node, true, version < 2.1) : null,
  },
];

/** In early versions, values to group by became text, and a field that no item has was a failure. */
function mapSummarize({ parameters }: N8nNode, textGroups: boolean, strict: boolean): ImportedNode {
  const options = record(parameters.options);
  const missing = strict ? (options.continueIfFieldNotFound === true ? 'empty' : 'fail') : undefined;
  return {
    type: 'summarize',
    parameters: compact({
      values: rows(parameters.fieldsToSummarize, 'values').map(figureOf),
      groupBy: fieldNames(parameters.fieldsToSplitBy) || undefined,
      options: compact({
        dotNotation: options.disableDotNotation === true ? false : undefined,
        output: options.outputFormat === 'singleItem' ? 'nested' : undefined,
        skipEmptyGroups: options.skipEmptySplitFields === true || undefined,
        textNumbers: false,
        textGroups: textGroups || undefined,
        missing,
      }),
    }),
  };
}

function figureOf(row: Values): Values {
  const aggregation = text(row.aggregation, 'count');
  const separator = row.separateBy === 'other' ? text(row.customSeparator) : text(row.separateBy, ',');
  return compact({
    aggregation,
    field: text(row.field),
    includeEmpty: row.includeEmpty === true || undefined,
    separator: aggregation === 'concatenate' ? separator : undefined,
  });
}
