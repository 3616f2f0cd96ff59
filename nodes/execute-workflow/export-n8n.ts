import { workflowSchema } from '#engine/workflow.ts';
import { columns, core, list } from '../n8n-export-values.ts';
import type { ExportedNode, ExportTools, N8nExporter } from '../n8n-exporter.ts';
import { jsonObject, record } from '../n8n-values.ts';

type Values = Record<string, unknown>;

export const exporter: N8nExporter = ({ parameters }, tools) => {
  const inline = parameters.source === 'inline';
  const fields = parameters.inputMode === 'fields' ? list(parameters.fields) : [];
  const itself = parameters.workflowId === '{{ $workflow.id }}';
  return core(
    'executeWorkflow',
    1.2,
    {
      source: inline ? 'parameter' : undefined,
      workflowId: inline ? undefined : { __rl: true, mode: 'id', value: parameters.workflowId },
      mode: parameters.mode === 'each' ? 'each' : undefined,
      workflowInputs: fields.length > 0 ? inputsOf(fields) : undefined,
      options: record(parameters.options).waitForEnd === false ? { waitForSubWorkflow: false } : {},
    },
    {
      ...(inline ? innerOf(parameters.workflowJson, tools) : {}),
      ...(inline || itself ? {} : { approximated: 'Choose the workflow that it calls again in n8n.' }),
    },
  );
};

const inputsOf = (fields: Values[]): Values =>
  columns(Object.fromEntries(fields.map(({ name, value }) => [String(name), value])));

/** It may be a file of ours, or one of n8n that was never translated. */
function innerOf(value: unknown, { exportWorkflow }: ExportTools): Partial<ExportedNode> {
  const same = ['workflowJson'];
  const given = jsonObject(value);
  const parsed = workflowSchema.safeParse(given);
  if (!parsed.success || (given && 'connections' in given))
    return {
      literal: { workflowJson: typeof value === 'string' ? value : JSON.stringify(value, null, 2) },
      same,
    };
  const { file, losses } = exportWorkflow(parsed.data);
  return {
    literal: { workflowJson: JSON.stringify(file, null, 2) },
    same,
    ...(losses.length > 0 ? { approximated: `In the workflow inside: ${losses.join(' ')}` } : {}),
  };
}
