import type { N8nImporter } from '../n8n.ts';
import { text } from '../n8n-values.ts';

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.wait'],
    map: ({ parameters }, version) => {
      const resume = text(parameters.resume, 'timeInterval');
      if (resume === 'specificTime') {
        return { type: 'wait', parameters: { mode: 'until', until: parameters.dateTime ?? '' } };
      }
      if (resume !== 'timeInterval')
        return `It waits for a ${resume === 'form' ? 'form' : 'call to its address'}.`;
      const first = version < 1.1;
      return {
        type: 'wait',
        parameters: {
          mode: 'duration',
          amount: parameters.amount ?? (first ? 1 : 5),
          unit: parameters.unit ?? (first ? 'hours' : 'seconds'),
        },
      };
    },
  },
];
