import type { N8nImporter } from '../n8n.ts';
import { record } from '../n8n-values.ts';

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.splitInBatches'],
    map: ({ parameters }, version) => {
      const { reset } = record(parameters.options);
      // Their loops do not end for good, so a loop inside another one is reset by an expression over its own state. Ours
      // begin anew whenever items come from outside.
      const resetsItself = typeof reset === 'string' && /\bcontext\b.*\b(?:done|noItemsLeft)\b/.test(reset);
      const resets = reset !== undefined && reset !== false && !resetsItself;
      return {
        type: 'loop',
        parameters: {
          batchSize: parameters.batchSize ?? (version < 2 ? 10 : 1),
          options: resets ? { reset } : {},
        },
        // Version 1 had no output for the end, version 2 had it second.
        outputs: version < 2 ? ['loop'] : version < 3 ? ['loop', 'done'] : ['done', 'loop'],
        ...(resets
          ? { approximated: 'With “reset”, items that are left over from before are not handed out again.' }
          : {}),
      };
    },
  },
];
