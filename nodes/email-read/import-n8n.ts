import type { N8nImporter } from '../n8n.ts';

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.emailReadImap'],
    // It is a trigger, and what starts a workflow cannot be a node that something else has to start.
    map: () =>
      'It starts the workflow when mail comes in. Here a Schedule starts it, and “Read e-mail” after that looks for mail.',
  },
];
