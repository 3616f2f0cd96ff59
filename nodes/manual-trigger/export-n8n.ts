import { core } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';

export const exporter: N8nExporter = () => core('manualTrigger', 1);
