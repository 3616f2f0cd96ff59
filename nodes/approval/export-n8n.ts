import type { N8nExporter } from '../n8n-exporter.ts';

export const exporter: N8nExporter = () =>
  'n8n asks people in its nodes for mail and chat: “Send and wait for response”.';
