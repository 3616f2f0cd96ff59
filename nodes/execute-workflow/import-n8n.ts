import type { Assignment } from '../fields.ts';
import type { ImportedNode, ImportTools, N8nImporter, N8nNode } from '../n8n.ts';
import { compact, located, record, text } from '../n8n-values.ts';

type Values = Record<string, unknown>;

export const importers: readonly N8nImporter[] = [
  { types: ['n8n-nodes-base.executeWorkflow'], map: mapCall },
];

function mapCall({ parameters }: N8nNode, _version: number, tools: ImportTools): ImportedNode | string {
  const source = text(parameters.source, 'database');
  const target =
    source === 'database' ? stored(parameters) : source === 'parameter' ? inline(tools) : undefined;
  if (!target)
    return `It takes the workflow from ${source === 'localFile' ? 'a file' : source === 'url' ? 'an address' : 'text that is no workflow'}.`;
  const options = record(parameters.options);
  const fields = assignmentsOf(parameters.workflowInputs);
  return {
    type: 'execute-workflow',
    parameters: compact({
      ...target,
      mode: parameters.mode === 'each' ? 'each' : 'once',
      ...(fields.length > 0 ? { inputMode: 'fields', fields } : {}),
      options: options.waitForSubWorkflow === false ? { waitForEnd: false } : undefined,
    }),
    ...(source === 'database' && text(target.workflowId) !== '{{ $workflow.id }}'
      ? { approximated: 'The workflow it calls must be chosen again.' }
      : {}),
  };
}

const stored = (parameters: Values): Values => ({
  source: 'stored',
  workflowId: text(located(parameters.workflowId)),
});

function inline(tools: ImportTools): Values | undefined {
  try {
    return { source: 'inline', workflowJson: tools.importWorkflow(tools.original.workflowJson) };
  } catch {
    return undefined; // an expression, or no workflow at all: it stays a placeholder
  }
}

/** Fields that the caller defines one by one; anything else hands the items over as they are. */
function assignmentsOf(value: unknown): Assignment[] {
  const inputs = record(value);
  if (text(inputs.mappingMode, 'defineBelow') !== 'defineBelow') return [];
  return Object.entries(record(inputs.value)).map(([name, given]) => ({ name, type: 'any', value: given }));
}
