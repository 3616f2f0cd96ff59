import { core, list } from '../n8n-export-values.ts';
import type { N8nExporter } from '../n8n-exporter.ts';

export const exporter: N8nExporter = ({ parameters }) => {
  const inputs = list(parameters.inputs);
  if (inputs.length === 0) return core('executeWorkflowTrigger', 1.1, { inputSource: 'passthrough' });
  const values = inputs.map(({ name, type }) => ({ name, ...(type === 'string' ? {} : { type }) }));
  return core('executeWorkflowTrigger', 1.1, {}, { literal: { workflowInputs: { values } } });
};
