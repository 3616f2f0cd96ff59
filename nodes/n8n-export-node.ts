import { toN8nSyntax } from '#engine/expression/n8n-syntax.ts';
import type { WorkflowNode } from '#engine/workflow.ts';
import { canonical } from './canonical.ts';
import type { N8nNode } from './n8n.ts';
import type { ExportedNode } from './n8n-exporter.ts';
import { baseNode } from './n8n-graph.ts';
import { compact } from './n8n-values.ts';
import { isPlain } from './paths.ts';

/** A node of an n8n file: what the exporter made, and what does not depend on the type. */
export function theirNode(node: WorkflowNode, made: ExportedNode): N8nNode {
  const parameters = toN8nSyntax(made.parameters);
  return {
    id: node.id,
    name: node.name,
    type: made.type,
    typeVersion: made.typeVersion,
    position: [node.position.x, node.position.y],
    parameters: { ...(isPlain(parameters) ? parameters : {}), ...compact(made.literal ?? {}) },
    ...(made.webhook ? { webhookId: node.id } : {}),
    ...commonOf(node),
  };
}

/** The original that a placeholder keeps, with what has been changed here since: its name, place and settings. */
export function keptNode(node: WorkflowNode): N8nNode | undefined {
  const kept = node.parameters.original;
  if (!isPlain(kept) || typeof kept.type !== 'string') return undefined;
  const { connections: _aside, ...rest } = kept;
  const original = {
    ...rest,
    name: typeof kept.name === 'string' ? kept.name : node.name,
    parameters: isPlain(kept.parameters) ? kept.parameters : {},
  } as N8nNode;
  const before = baseNode(original, node.id);
  const result: N8nNode = { ...original };
  if (typeof original.id === 'string' && original.id !== '' && original.id !== node.id) result.id = node.id;
  if (before.name !== node.name) result.name = node.name;
  if (canonical(before.position) !== canonical(node.position))
    result.position = [node.position.x, node.position.y];
  const isSame = (['disabled', 'notes', 'settings'] as const).every(
    (key) => canonical(before[key]) === canonical(node[key]),
  );
  if (isSame) return result;
  for (const key of COMMON) delete result[key];
  return { ...result, ...commonOf(node) };
}

const COMMON = [
  ...['disabled', 'notes', 'onError', 'continueOnFail', 'executeOnce', 'alwaysOutputData'],
  ...['retryOnFail', 'maxTries', 'waitBetweenTries'],
];

function commonOf({ disabled, notes, settings }: WorkflowNode) {
  const { onError, executeOnce, alwaysOutput, retry } = settings;
  return {
    ...(disabled ? { disabled } : {}),
    ...(notes === '' ? {} : { notes }),
    ...(onError === 'stop'
      ? {}
      : { onError: onError === 'error-port' ? 'continueErrorOutput' : 'continueRegularOutput' }),
    ...(executeOnce ? { executeOnce } : {}),
    ...(alwaysOutput ? { alwaysOutputData: true } : {}),
    ...(retry
      ? {
          retryOnFail: true,
          maxTries: Math.min(5, retry.maxAttempts),
          waitBetweenTries: Math.min(5000, retry.delayMs),
        }
      : {}),
  };
}
