import { createHash } from 'node:crypto';
import type { Workflow, WorkflowEdge, WorkflowNode } from '#engine/workflow.ts';
import { newId } from '#lib/id.ts';
import { latestDefinition } from '#nodes/definitions.ts';
import { AppError, notFound } from '../errors.ts';
import type { NamedEdge, NewNode, NodeParts } from './graph-schema.ts';

/** Made from the ends: 96 bits of their hash. */
export function edgeIdOf({ from, to }: WorkflowEdge): string {
  const ends = JSON.stringify([from.node, from.port, to.node, to.port]);
  return createHash('sha256').update(ends).digest('base64url').slice(0, 16);
}

export const withId = (edge: WorkflowEdge): NamedEdge => ({ id: edgeIdOf(edge), ...edge });

/** Throws CONFLICT for an id or a name that is taken. `place` names where in the input the node stands. */
export function addNodes(
  draft: Workflow,
  wanted: readonly NewNode[],
  placeOf: (index: number) => string,
): { draft: Workflow; nodes: WorkflowNode[] } {
  const nodes = [...draft.nodes];
  const added = wanted.map((one, index) => {
    if (nodes.some(({ id }) => id === one.id))
      throw new AppError('CONFLICT', `${placeOf(index)}id: there is a node “${one.id}” already.`);
    if (nodes.some(({ name }) => name === one.name))
      throw new AppError('CONFLICT', `${placeOf(index)}name: there is a node named “${one.name}” already.`);
    const node = {
      ...one,
      id: one.id ?? newId(),
      name: one.name ?? freeName(latestDefinition(one.type)?.name ?? one.type, nodes),
    };
    nodes.push(node);
    return node;
  });
  return { draft: { ...draft, nodes }, nodes: added };
}

function freeName(name: string, nodes: readonly WorkflowNode[]): string {
  const taken = new Set(nodes.map((node) => node.name));
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name} ${count}`;
  return free;
}

/** Throws NOT_FOUND. */
export function nodeOf({ nodes }: Workflow, nodeId: string): WorkflowNode {
  const node = nodes.find(({ id }) => id === nodeId);
  if (!node) throw notFound('node');
  return node;
}

/** Changes the parts that are given. Throws NOT_FOUND, CONFLICT for a name that another node has. */
export function changeNode(draft: Workflow, nodeId: string, parts: NodeParts): Workflow {
  const before = nodeOf(draft, nodeId);
  const given = Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
  if (draft.nodes.some((node) => node.id !== nodeId && node.name === parts.name))
    throw new AppError('CONFLICT', `name: there is a node named “${parts.name}” already.`);
  const after: WorkflowNode = { ...before, ...given };
  return { ...draft, nodes: draft.nodes.map((node) => (node.id === nodeId ? after : node)) };
}

/** Its edges and pinned items go with it. Throws NOT_FOUND. */
export function deleteNode(draft: Workflow, nodeId: string): Workflow {
  nodeOf(draft, nodeId);
  return {
    ...draft,
    nodes: draft.nodes.filter(({ id }) => id !== nodeId),
    edges: draft.edges.filter(({ from, to }) => from.node !== nodeId && to.node !== nodeId),
    pinData: Object.fromEntries(Object.entries(draft.pinData).filter(([id]) => id !== nodeId)),
  };
}

/** Throws BAD_REQUEST for an end that is no node, CONFLICT for an edge that is there already. */
export function addEdges(
  draft: Workflow,
  wanted: readonly WorkflowEdge[],
  placeOf: (index: number) => string,
): Workflow {
  const nodes = new Set(draft.nodes.map(({ id }) => id));
  const known = new Set(draft.edges.map(edgeIdOf));
  for (const [index, edge] of wanted.entries()) {
    for (const end of ['from', 'to'] as const)
      if (!nodes.has(edge[end].node))
        throw new AppError(
          'BAD_REQUEST',
          `${placeOf(index)}${end}.node: there is no node “${edge[end].node}”.`,
        );
    const id = edgeIdOf(edge);
    if (known.has(id)) throw new AppError('CONFLICT', `${placeOf(index)}This edge is there already.`, { id });
    known.add(id);
  }
  return { ...draft, edges: [...draft.edges, ...wanted] };
}

/** Throws NOT_FOUND. */
export function deleteEdge(draft: Workflow, edgeId: string): Workflow {
  const edges = draft.edges.filter((edge) => edgeIdOf(edge) !== edgeId);
  if (edges.length === draft.edges.length) throw notFound('edge');
  return { ...draft, edges };
}
