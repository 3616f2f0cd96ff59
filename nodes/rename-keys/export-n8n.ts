import { core, list, on } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact } from '../n8n-values.ts';

export const exporter: N8nExporter = ({ parameters }) => {
  const replacements = list(parameters.patterns).map(({ pattern, replacement, ignoreCase, depth }) => ({
    searchRegex: pattern,
    replaceRegex: replacement,
    options: compact({ caseInsensitive: on(ignoreCase), depth: depth === -1 ? undefined : depth }),
  }));
  return core('renameKeys', 1, {
    keys: { key: list(parameters.fields).map(({ from, to }) => ({ currentKey: from, newKey: to })) },
    additionalOptions: replacements.length > 0 ? { regexReplacement: { replacements } } : {},
  });
};
