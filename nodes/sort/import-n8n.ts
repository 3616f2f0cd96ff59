import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { compact, record, rows, text } from '../n8n-values.ts';

/** Sorting by code is a task of the Code node. */
const isCode = ({ parameters }: N8nNode) => parameters.type === 'code';

export const importers: readonly N8nImporter[] = [
  { types: ['n8n-nodes-base.sort'], map: (node) => (isCode(node) ? null : mapSort(node)) },
  {
    types: ['n8n-nodes-base.itemLists'],
    map: (node) => (node.parameters.operation !== 'sort' || isCode(node) ? null : mapSort(node)),
  },
];

function mapSort({ parameters }: N8nNode): ImportedNode {
  if (parameters.type === 'random') return { type: 'sort', parameters: { mode: 'random' } };
  return {
    type: 'sort',
    parameters: {
      mode: 'fields',
      fields: rows(parameters.sortFieldsUi, 'sortField').map((row) => ({
        name: text(row.fieldName),
        direction: row.order === 'descending' ? 'descending' : 'ascending',
      })),
      options: compact({
        dotNotation: record(parameters.options).disableDotNotation === true ? false : undefined,
        blanks: 'zero',
      }),
    },
  };
}
