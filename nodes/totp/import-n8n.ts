import type { N8nImporter } from '../n8n.ts';
import { compact, record } from '../n8n-values.ts';

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.totp'],
    map: ({ parameters }, _version, { credential }) => {
      const { algorithm, digits, period } = record(parameters.additionalOptions);
      const { secret } = credential('totpApi') ?? {};
      return {
        type: 'totp',
        parameters: compact({
          operation: 'generate',
          digits: digits === undefined ? undefined : String(digits),
          secret: secret ?? '',
          options: compact({ algorithm, period, keepFields: false }),
        }),
        ...(secret === undefined
          ? { approximated: 'Its credential must be set up again: put the secret into the field.' }
          : {}),
      };
    },
  },
];
