import { conditionSwitches, theirConditions } from '../n8n-export-conditions.ts';
import { core } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';

/** Theirs drops the others: where they go on here, it becomes an If. */
export const exporter: N8nExporter = ({ parameters: { conditions } }, { isConnected }) => {
  const parameters = { conditions: theirConditions(conditions), ...conditionSwitches(conditions) };
  if (!isConnected('discarded')) return core('filter', 2.2, parameters, { outputs: ['main'] });
  return core('if', 2.2, parameters, {
    outputs: ['main', 'discarded'],
    same: 'all',
    approximated: 'It became an If, since n8n’s Filter has no output for the items that it drops.',
  });
};
