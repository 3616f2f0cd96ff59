import type { N8nImporter } from '../n8n.ts';

export const importers: readonly N8nImporter[] = [
  { types: ['n8n-nodes-base.errorTrigger'], map: () => ({ type: 'error-trigger', parameters: {} }) },
];
