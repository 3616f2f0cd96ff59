import type { Workflow } from '#engine/workflow.ts';

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * Where an arrow key leads from a node: left and right follow edges when there are any, up and down go to the nearest
 * card above or below; without a match the nearest card in that direction.
 */
export function neighbour(workflow: Workflow, id: string, direction: Direction): string | null {
  const node = workflow.nodes.find((n) => n.id === id);
  if (!node) return null;
  const linked =
    direction === 'right'
      ? workflow.edges.filter((e) => e.from.node === id).map((e) => e.to.node)
      : direction === 'left'
        ? workflow.edges.filter((e) => e.to.node === id).map((e) => e.from.node)
        : [];
  const candidates = workflow.nodes.filter((n) => n.id !== id && (!linked.length || linked.includes(n.id)));
  let best: { id: string; cost: number } | null = null;
  for (const other of candidates) {
    const dx = other.position.x - node.position.x;
    const dy = other.position.y - node.position.y;
    const along = direction === 'right' ? dx : direction === 'left' ? -dx : direction === 'down' ? dy : -dy;
    if (along <= 0 && !linked.length) continue;
    const across = direction === 'left' || direction === 'right' ? Math.abs(dy) : Math.abs(dx);
    const cost = Math.abs(along) + across * 2;
    if (!best || cost < best.cost) best = { id: other.id, cost };
  }
  return best?.id ?? null;
}

/** Everything that can be reached from these nodes along edges, or against them. */
export function reach(workflow: Workflow, start: readonly string[], way: 'down' | 'up'): string[] {
  const seen = new Set(start);
  const todo = [...start];
  for (let id = todo.pop(); id !== undefined; id = todo.pop()) {
    for (const { from, to } of workflow.edges) {
      const next = way === 'down' ? (from.node === id ? to.node : null) : to.node === id ? from.node : null;
      if (next && !seen.has(next)) {
        seen.add(next);
        todo.push(next);
      }
    }
  }
  return [...seen];
}
