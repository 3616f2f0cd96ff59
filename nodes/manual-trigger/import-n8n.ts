import type { N8nImporter } from '../n8n.ts';

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.manualTrigger', 'n8n-nodes-base.start'],
    map: () => ({ type: 'manual-trigger', parameters: {} }),
  },
];
