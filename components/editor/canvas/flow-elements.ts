import type { Edge, Node } from '@xyflow/react';
import type { Workflow, WorkflowEdge, WorkflowNode } from '#engine/workflow.ts';
import { definitionOf, isNote } from '../definition-of.ts';
import { edgeKey } from '../store/draft.ts';
import { noteSize } from './note-card.tsx';

export type FlowNode = Node<Record<string, never>, 'card' | 'note'>;
export type FlowEdge = Edge<{ edge: WorkflowEdge }, 'items'>;

const NO_DATA: Record<string, never> = {};

/**
 * The canvas library's nodes for this draft. What did not change keeps its identity and its measured size, so that only
 * changed cards are laid out again.
 */
export function flowNodes(
  draft: Workflow,
  selection: ReadonlySet<string>,
  previous: readonly FlowNode[],
): FlowNode[] {
  const before = new Map(previous.map((n) => [n.id, n]));
  return draft.nodes.map((node) => flowNode(node, selection.has(node.id), before.get(node.id)));
}

function flowNode(node: WorkflowNode, selected: boolean, before: FlowNode | undefined): FlowNode {
  const note = isNote(definitionOf(node), node.parameters);
  const size = note ? noteSize(node.parameters) : undefined;
  if (
    before &&
    before.selected === selected &&
    before.position.x === node.position.x &&
    before.position.y === node.position.y &&
    (!size || (before.width === size.width && before.height === size.height))
  ) {
    return before;
  }
  return {
    ...before,
    id: node.id,
    type: note ? 'note' : 'card',
    position: node.position,
    data: NO_DATA,
    selected,
    ...(size ? { ...size, zIndex: -1 } : {}),
  };
}

export function flowEdges(
  edges: readonly WorkflowEdge[],
  selected: ReadonlySet<string>,
  previous: readonly FlowEdge[],
): FlowEdge[] {
  const before = new Map(previous.map((e) => [e.id, e]));
  const unique = new Map(edges.map((edge) => [edgeKey(edge), edge]));
  return [...unique].map(([id, edge]) => {
    const old = before.get(id);
    if (old && old.selected === selected.has(id)) return old;
    return {
      id,
      type: 'items',
      source: edge.from.node,
      sourceHandle: edge.from.port,
      target: edge.to.node,
      targetHandle: edge.to.port,
      data: { edge },
      selected: selected.has(id),
    };
  });
}
