import { core, list } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';

export const exporter: N8nExporter = ({ parameters }) =>
  core('executionData', 1, {
    dataToSave: { values: list(parameters.data).map(({ key, value }) => ({ key, value })) },
  });
