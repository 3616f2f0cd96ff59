import type { N8nImporter } from '../n8n.ts';
import { rows, text } from '../n8n-values.ts';

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.executionData'],
    map: ({ parameters }) => ({
      type: 'execution-data',
      parameters: {
        data: rows(parameters.dataToSave, 'values').map((row) => ({
          key: text(row.key),
          value: row.value ?? '',
        })),
      },
      approximated: 'Its values are written into the log of the node; executions cannot be searched by them.',
    }),
  },
];
