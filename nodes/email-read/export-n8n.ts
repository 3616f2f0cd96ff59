import type { N8nExporter } from '../n8n-exporter.ts';

export const exporter: N8nExporter = () => 'n8n reads mail with a trigger only, at the start of a workflow.';
