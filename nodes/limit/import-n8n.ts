import type { ImportedNode, N8nImporter, N8nNode } from '../n8n.ts';
import { compact } from '../n8n-values.ts';

export const importers: readonly N8nImporter[] = [
  { types: ['n8n-nodes-base.limit'], map: mapLimit },
  {
    types: ['n8n-nodes-base.itemLists'],
    map: (node) => (node.parameters.operation === 'limit' ? mapLimit(node) : null),
  },
];

function mapLimit({ parameters }: N8nNode): ImportedNode {
  return {
    type: 'limit',
    parameters: compact({
      maxItems: parameters.maxItems ?? 1,
      keep: parameters.keep === 'lastItems' ? 'last' : undefined,
    }),
  };
}
