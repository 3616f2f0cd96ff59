import { core } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';

export const exporter: N8nExporter = ({ parameters: { maxItems, keep } }) =>
  core('limit', 1, { maxItems, keep: keep === 'last' ? 'lastItems' : undefined });
