import { core } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';

/** The first version read the feed of the first item only. */
export const exporter: N8nExporter = ({ parameters: { url, options } }) => {
  const { once, customFields } = record(options);
  return core('rssFeedRead', once === true ? 1 : 1.2, { url, options: compact({ customFields }) });
};
