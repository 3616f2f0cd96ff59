import type { N8nImporter } from '../n8n.ts';

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.stopAndError'],
    map: ({ parameters }) => ({
      type: 'stop-and-error',
      parameters:
        parameters.errorType === 'errorObject'
          ? { errorType: 'object', errorObject: parameters.errorObject ?? '{}' }
          : { errorType: 'message', message: parameters.errorMessage ?? '' },
    }),
  },
];
