import type { N8nImporter } from '../n8n.ts';
import { compact, record, text } from '../n8n-values.ts';

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.rssFeedRead'],
    map: ({ parameters }, version) => {
      const options = record(parameters.options);
      return {
        type: 'rss-read',
        parameters: {
          url: parameters.url ?? '',
          options: compact({
            customFields: text(options.customFields) || undefined,
            // The first version read the feed of the first item only.
            once: version < 1.1 || undefined,
          }),
        },
        ...(options.ignoreSSL === true ? { approximated: 'Certificates are always checked.' } : {}),
      };
    },
  },
];
