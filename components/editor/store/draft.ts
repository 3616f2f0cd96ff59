import type { Workflow, WorkflowEdge, WorkflowNode } from '#engine/workflow.ts';
import { nodeSettingsSchema } from '#engine/workflow.ts';
import type { NodeDefinition } from '#nodes/define.ts';
import { freePosition, NODE_GAP, NODE_WIDTH, type Point, pushDownstream, snap } from './geometry.ts';
import { initialParameters } from './initial-parameters.ts';
import { namesOf, uniqueName } from './names.ts';

/** Pure actions on a workflow: each returns a new one, or the same object when nothing changed. */

export const DEFAULT_SETTINGS = nodeSettingsSchema.parse({});

export const edgeKey = ({ from, to }: WorkflowEdge): string =>
  `${from.node}:${from.port}->${to.node}:${to.port}`;

/** A fresh node of this type with a unique name; it is not in the workflow yet. */
export function makeNode(
  workflow: Workflow,
  definition: NodeDefinition,
  id: string,
  position: Point,
): WorkflowNode {
  return {
    id,
    name: uniqueName(namesOf(workflow.nodes), definition.name),
    type: definition.type,
    version: definition.version,
    position: snap(position),
    parameters: initialParameters(definition),
    credentials: {},
    disabled: false,
    notes: '',
    settings: DEFAULT_SETTINGS,
  };
}

export const addNode = (workflow: Workflow, node: WorkflowNode): Workflow => ({
  ...workflow,
  nodes: [...workflow.nodes, { ...node, position: freePosition(workflow.nodes, node.position) }],
});

/** Puts a node into an edge, and moves what comes after to the right when there is no room. */
export function addNodeOnEdge(
  workflow: Workflow,
  node: WorkflowNode,
  key: string,
  ports: { input: string; output?: string },
): Workflow {
  const edge = workflow.edges.find((e) => edgeKey(e) === key);
  const source = workflow.nodes.find((n) => n.id === edge?.from.node);
  const target = workflow.nodes.find((n) => n.id === edge?.to.node);
  if (!edge || !source || !target) return addNode(workflow, node);
  const isForward = target.position.x > source.position.x;
  const x = isForward ? source.position.x + NODE_WIDTH + NODE_GAP : node.position.x;
  const missing = isForward ? x + NODE_WIDTH + NODE_GAP - target.position.x : 0;
  const spread = pushDownstream(workflow, target.id, target.position.x, Math.max(0, missing));
  const y = isForward ? (missing > 0 ? target.position.y : node.position.y) : node.position.y;
  const edges = spread.edges.flatMap((e): WorkflowEdge[] => {
    if (edgeKey(e) !== key) return [e];
    const first = { from: e.from, to: { node: node.id, port: ports.input } };
    return ports.output ? [first, { from: { node: node.id, port: ports.output }, to: e.to }] : [first];
  });
  const placed = { ...node, position: freePosition(spread.nodes, { x, y }) };
  return { ...spread, nodes: [...spread.nodes, placed], edges };
}

export function connect(workflow: Workflow, edge: WorkflowEdge): Workflow {
  const key = edgeKey(edge);
  if (workflow.edges.some((e) => edgeKey(e) === key)) return workflow;
  return { ...workflow, edges: [...workflow.edges, edge] };
}

export function disconnect(workflow: Workflow, keys: ReadonlySet<string>): Workflow {
  const edges = workflow.edges.filter((e) => !keys.has(edgeKey(e)));
  return edges.length === workflow.edges.length ? workflow : { ...workflow, edges };
}

export function moveNodes(workflow: Workflow, positions: ReadonlyMap<string, Point>): Workflow {
  let changed = false;
  const nodes = workflow.nodes.map((n) => {
    const to = positions.get(n.id);
    if (!to || (to.x === n.position.x && to.y === n.position.y)) return n;
    changed = true;
    return { ...n, position: { x: to.x, y: to.y } };
  });
  return changed ? { ...workflow, nodes } : workflow;
}

export function updateNode(workflow: Workflow, id: string, change: Partial<WorkflowNode>): Workflow {
  return { ...workflow, nodes: workflow.nodes.map((n) => (n.id === id ? { ...n, ...change } : n)) };
}

/** Sets one parameter; `undefined` removes it, so that the field has its default again. */
export function setParameter(workflow: Workflow, id: string, name: string, value: unknown): Workflow {
  const node = workflow.nodes.find((n) => n.id === id);
  if (!node || node.parameters[name] === value) return workflow;
  const { [name]: _old, ...rest } = node.parameters;
  return updateNode(workflow, id, { parameters: value === undefined ? rest : { ...rest, [name]: value } });
}

/** Puts a credential into one of the node's places; `undefined` takes it out. */
export function setCredential(
  workflow: Workflow,
  id: string,
  slot: string,
  value: string | undefined,
): Workflow {
  const node = workflow.nodes.find((n) => n.id === id);
  if (!node || node.credentials[slot] === value) return workflow;
  const { [slot]: _old, ...rest } = node.credentials;
  return updateNode(workflow, id, { credentials: value === undefined ? rest : { ...rest, [slot]: value } });
}

export function setDisabled(workflow: Workflow, ids: ReadonlySet<string>, disabled: boolean): Workflow {
  return { ...workflow, nodes: workflow.nodes.map((n) => (ids.has(n.id) ? { ...n, disabled } : n)) };
}

/** Removes nodes with their edges and pinned data. A node in the middle of a simple chain leaves the chain joined. */
export function removeNodes(workflow: Workflow, ids: ReadonlySet<string>): Workflow {
  if (ids.size === 0) return workflow;
  const bridges = ids.size === 1 ? bridgesOver(workflow, [...ids][0] ?? '') : [];
  const edges = workflow.edges.filter((e) => !ids.has(e.from.node) && !ids.has(e.to.node));
  return bridges.reduce(connect, {
    ...workflow,
    nodes: workflow.nodes.filter((n) => !ids.has(n.id)),
    edges,
    pinData: Object.fromEntries(Object.entries(workflow.pinData).filter(([id]) => !ids.has(id))),
  });
}

function bridgesOver(workflow: Workflow, id: string): WorkflowEdge[] {
  const incoming = workflow.edges.filter((e) => e.to.node === id && e.from.node !== id);
  const outgoing = workflow.edges.filter((e) => e.from.node === id && e.to.node !== id);
  const isChain = new Set(outgoing.map((e) => e.from.port)).size === 1 && incoming.length > 0;
  if (!isChain || new Set(incoming.map((e) => e.to.port)).size !== 1) return [];
  return incoming.flatMap((before) => outgoing.map((after) => ({ from: before.from, to: after.to })));
}

export function setPinData(
  workflow: Workflow,
  id: string,
  items: Workflow['pinData'][string] | null,
): Workflow {
  const { [id]: _old, ...rest } = workflow.pinData;
  return { ...workflow, pinData: items ? { ...rest, [id]: items } : rest };
}
