import type { N8nExporter } from '../n8n-exporter.ts';

export const exporter: N8nExporter = () => 'n8n has no votes; a Code node can count them.';
