import type { Workflow, WorkflowNode } from '#engine/workflow.ts';

/** Canvas measures in flow units; the card's CSS uses the same numbers. */
export const GRID = 20;
export const NODE_WIDTH = 220;
export const NODE_HEIGHT = 60;
export const PORT_PITCH = 28;
export const NODE_GAP = 80;

export interface Point {
  x: number;
  y: number;
}

/** A card grows with its ports, so that labels never touch. */
export const cardHeight = (inputs: number, outputs: number): number =>
  Math.max(NODE_HEIGHT, Math.ceil(((Math.max(inputs, outputs) - 1) * PORT_PITCH + 32) / GRID) * GRID);

export const snap = ({ x, y }: Point): Point => ({
  x: Math.round(x / GRID) * GRID,
  y: Math.round(y / GRID) * GRID,
});

/** The nearest free place: moves down until no other card is in the way. */
export function freePosition(nodes: readonly WorkflowNode[], wanted: Point): Point {
  const place = snap(wanted);
  const taken = (at: Point) =>
    nodes.some(
      (n) => Math.abs(n.position.x - at.x) < NODE_WIDTH && Math.abs(n.position.y - at.y) < NODE_HEIGHT + GRID,
    );
  while (taken(place)) place.y += NODE_HEIGHT + GRID * 2;
  return place;
}

/** Where the next node goes: to the right of this one. */
export const rightOf = (node: WorkflowNode): Point => ({
  x: node.position.x + NODE_WIDTH + NODE_GAP,
  y: node.position.y,
});

/** Moves everything right of `fromX` that lies downstream of `start` by `by`, to make room for a card. */
export function pushDownstream(workflow: Workflow, start: string, fromX: number, by: number): Workflow {
  if (by <= 0) return workflow;
  const reached = new Set<string>([start]);
  const todo = [start];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    for (const edge of workflow.edges) {
      if (edge.from.node === id && !reached.has(edge.to.node)) {
        reached.add(edge.to.node);
        todo.push(edge.to.node);
      }
    }
  }
  return {
    ...workflow,
    nodes: workflow.nodes.map((n) =>
      reached.has(n.id) && n.position.x >= fromX
        ? { ...n, position: { x: n.position.x + by, y: n.position.y } }
        : n,
    ),
  };
}

/** Pulls columns apart when cards would lie on each other: other editors draw smaller ones, closer together. */
export function spread(nodes: readonly WorkflowNode[]): WorkflowNode[] {
  const crowded = nodes.some((a, i) =>
    nodes.some(
      (b, j) =>
        j > i &&
        Math.abs(a.position.x - b.position.x) < NODE_WIDTH + GRID &&
        Math.abs(a.position.x - b.position.x) > GRID &&
        Math.abs(a.position.y - b.position.y) < NODE_HEIGHT,
    ),
  );
  if (!crowded) return [...nodes];
  return nodes.map((n) => ({ ...n, position: snap({ x: n.position.x * 1.5, y: n.position.y }) }));
}
