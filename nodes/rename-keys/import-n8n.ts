import type { N8nImporter } from '../n8n.ts';
import { compact, record, rows, text } from '../n8n-values.ts';

export const importers: readonly N8nImporter[] = [
  {
    types: ['n8n-nodes-base.renameKeys'],
    map: ({ parameters }) => {
      const regex = record(parameters.additionalOptions).regexReplacement;
      return {
        type: 'rename-keys',
        parameters: compact({
          fields: rows(parameters.keys, 'key').map((row) => ({
            from: text(row.currentKey),
            to: text(row.newKey),
          })),
          patterns: rows(regex, 'replacements').map((row) => {
            const { caseInsensitive, depth } = record(row.options);
            return compact({
              pattern: text(row.searchRegex),
              replacement: text(row.replaceRegex),
              ignoreCase: caseInsensitive === true || undefined,
              depth: depth ?? undefined,
            });
          }),
        }),
      };
    },
  },
];
