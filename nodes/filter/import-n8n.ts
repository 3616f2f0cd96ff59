import type { N8nImporter } from '../n8n.ts';
import { conditionsOf, legacyConditions } from '../n8n-conditions.ts';

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.filter'],
    map: ({ parameters }, version) => ({
      type: 'filter',
      parameters: {
        conditions:
          version < 2
            ? legacyConditions(parameters.conditions, parameters.combineConditions === 'OR' ? 'or' : 'and')
            : conditionsOf(parameters.conditions, parameters),
      },
      // Theirs has one output only: an error output comes right after it.
      outputs: ['main'],
    }),
  },
];
