import { core } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';
import { compact, record } from '../n8n-values.ts';

export const exporter: N8nExporter = ({ parameters: { batchSize, options } }) =>
  core(
    'splitInBatches',
    3,
    { batchSize, options: compact({ reset: record(options).reset }) },
    { outputs: ['done', 'loop'] },
  );
