import type { N8nImporter } from '../n8n.ts';
import { compact, record } from '../n8n-values.ts';

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.totp'],
    map: ({ parameters }) => {
      const { algorithm, digits, period } = record(parameters.additionalOptions);
      return {
        type: 'totp',
        credentials: { key: 'totpApi' },
        parameters: compact({
          operation: 'generate',
          digits: digits === undefined ? undefined : String(digits),
          options: compact({ algorithm, period, keepFields: false }),
        }),
      };
    },
  },
];
