import type { JsonObject } from '#engine/item.ts';
import { importN8n } from './n8n-import.ts';

/**
 * What becomes of one n8n node: our type, parameters and credentials, and the line of the report. Core nodes go without
 * their prefix. `credentials` is what they hold, by type; without it they are unknown, as in files.
 */
export function importNode(
  type: string,
  typeVersion: number,
  parameters: JsonObject,
  credentials?: Record<string, JsonObject>,
) {
  const node = {
    name: 'Node',
    type: type.includes('.') ? type : `n8n-nodes-base.${type}`,
    typeVersion,
    parameters,
    credentials: Object.fromEntries(Object.keys(credentials ?? {}).map((name) => [name, { id: '1', name }])),
  };
  const { workflow, report } = importN8n(
    { nodes: [node], connections: {} },
    credentials ? { credentials } : {},
  );
  const made = workflow.nodes[0]!;
  const { status, reason } = report.nodes[0]!;
  return {
    type: made.type,
    parameters: made.parameters,
    ...(Object.keys(made.credentials).length > 0 ? { credentials: made.credentials } : {}),
    status,
    ...(reason === undefined ? {} : { reason }),
  };
}
