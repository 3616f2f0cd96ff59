import { conditionSwitches, theirConditions } from '../n8n-export-conditions.ts';
import { core } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';

export const exporter: N8nExporter = ({ parameters: { conditions } }) =>
  core('if', 2.2, { conditions: theirConditions(conditions), ...conditionSwitches(conditions) });
