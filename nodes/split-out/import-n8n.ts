import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { compact, fieldNames, record, text } from '../n8n-values.ts';

const INCLUDE: Record<string, string> = { allOtherFields: 'all', selectedOtherFields: 'selected' };

export const importers: readonly N8nImporter[] = [
  { types: ['n8n-nodes-base.splitOut'], map: (node) => mapSplit(node, false) },
  {
    types: ['n8n-nodes-base.itemLists'],
    map: (node, version) =>
      text(node.parameters.operation, 'splitOutItems') === 'splitOutItems'
        ? mapSplit(node, version < 2.1)
        : null,
  },
];

/** The first list nodes failed when there was no list. */
function mapSplit({ parameters }: N8nNode, strict: boolean): ImportedNode {
  const options = record(parameters.options);
  return {
    type: 'split-out',
    parameters: compact({
      fields: text(parameters.fieldToSplitOut),
      include: INCLUDE[text(parameters.include)] ?? 'none',
      otherFields: fieldNames(parameters.fieldsToInclude) || undefined,
      options: compact({
        destination: text(options.destinationFieldName) || undefined,
        dotNotation: options.disableDotNotation === true ? false : undefined,
        includeFiles: options.includeBinary === true || undefined,
        failIfNoList: strict || undefined,
      }),
    }),
  };
}
