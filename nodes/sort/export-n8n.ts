import { core, list, noDots } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';

export const exporter: N8nExporter = ({ parameters }) => {
  if (parameters.mode === 'random') return core('sort', 1, { type: 'random' });
  return core('sort', 1, {
    sortFieldsUi: {
      sortField: list(parameters.fields).map(({ name, direction }) => ({
        fieldName: name,
        order: direction,
      })),
    },
    options: compact({ disableDotNotation: noDots(record(parameters.options)) }),
  });
};
