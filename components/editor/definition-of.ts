import { outputsOf } from '#engine/graph.ts';
import type { Port } from '#engine/node.ts';
import type { WorkflowNode } from '#engine/workflow.ts';
import { type NodeDefinition, operationOf } from '#nodes/define.ts';
import { findDefinition, latestDefinition, nodeCatalog } from '#nodes/definitions.ts';
import type { Fields } from '#nodes/fields.ts';

/** What the editor asks of a node's definition; an unknown version is shown by the newest one that is known. */
export const definitionOf = (node: Pick<WorkflowNode, 'type' | 'version'>): NodeDefinition | undefined =>
  findDefinition(node.type, node.version) ?? latestDefinition(node.type);

export const fieldsOf = (definition: NodeDefinition, parameters: Record<string, unknown>): Fields =>
  operationOf(definition, parameters)?.fields ?? {};

const NO_PORTS: { inputs: Port[]; outputs: Port[] } = { inputs: [], outputs: [] };
const cache = new WeakMap<object, { settings: unknown; ports: typeof NO_PORTS }>();

/** Ports with the error output that a setting may add; cached, since cards ask on every render. */
export function portsOfNode(node: WorkflowNode): { inputs: Port[]; outputs: Port[] } {
  const known = cache.get(node.parameters);
  if (known && known.settings === node.settings) return known.ports;
  const definition = definitionOf(node);
  const spec = definition && nodeCatalog.find(definition.type, definition.version);
  const ports = spec
    ? { inputs: spec.ports(node.parameters).inputs, outputs: outputsOf(node, spec) }
    : { inputs: [{ name: 'main' }], outputs: [{ name: 'main' }] };
  cache.set(node.parameters, { settings: node.settings, ports });
  return ports;
}

/** A note has no ports and starts nothing: text on the canvas. */
export const isNote = (
  definition: NodeDefinition | undefined,
  parameters: Record<string, unknown> = {},
): boolean => {
  if (!definition || definition.kind === 'trigger') return false;
  const operation = operationOf(definition, parameters);
  return operation !== undefined && isEmpty(operation.inputs) && isEmpty(operation.outputs);
};
const isEmpty = (ports: unknown) => Array.isArray(ports) && ports.length === 0;

export const isTriggerNode = (node: Pick<WorkflowNode, 'type' | 'version'>): boolean =>
  definitionOf(node)?.kind === 'trigger';
