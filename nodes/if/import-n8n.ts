import type { N8nImporter } from '../n8n.ts';
import { conditionsOf, legacyConditions } from '../n8n-conditions.ts';

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.if'],
    map: ({ parameters }, version) => ({
      type: 'if',
      parameters: {
        conditions:
          version < 2
            ? legacyConditions(parameters.conditions, parameters.combineOperation === 'any' ? 'or' : 'and')
            : conditionsOf(parameters.conditions, parameters),
      },
    }),
  },
];
