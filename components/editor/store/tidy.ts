import type { Workflow } from '#engine/workflow.ts';
import { NODE_GAP, NODE_WIDTH, type Point } from './geometry.ts';

const ROW = 120;

/**
 * Positions in columns by depth from the starts; inside a column nodes stand at the mean height of what feeds them.
 * Edges that lead back (loops) do not count. Nodes in `keep` (notes) stay where they are.
 */
export function tidy(workflow: Workflow, keep: ReadonlySet<string>): Map<string, Point> {
  const nodes = workflow.nodes.filter((n) => !keep.has(n.id));
  const order = depths(
    nodes.map((n) => n.id),
    workflow,
  );
  const origin = {
    x: Math.min(...nodes.map((n) => n.position.x)),
    y: Math.min(...nodes.map((n) => n.position.y)),
  };
  const columns = new Map<number, string[]>();
  for (const [id, depth] of order) columns.set(depth, [...(columns.get(depth) ?? []), id]);
  const rows = new Map<string, number>();
  const before = new Map(nodes.map((n) => [n.id, n.position.y]));
  for (const depth of [...columns.keys()].sort((a, b) => a - b)) {
    const wanted = (columns.get(depth) ?? []).map((id) => ({ id, row: wantedRow(id, workflow, rows) }));
    wanted.sort((a, b) => a.row - b.row || (before.get(a.id) ?? 0) - (before.get(b.id) ?? 0));
    let next = Number.NEGATIVE_INFINITY;
    for (const { id, row } of wanted) {
      next = Math.max(row, next);
      rows.set(id, next);
      next += 1;
    }
  }
  const top = Math.min(0, ...rows.values());
  return new Map(
    nodes.map((n) => [
      n.id,
      {
        x: origin.x + (order.get(n.id) ?? 0) * (NODE_WIDTH + NODE_GAP + 20),
        y: origin.y + Math.round(((rows.get(n.id) ?? 0) - top) * (ROW / 20)) * 20,
      },
    ]),
  );
}

function wantedRow(id: string, workflow: Workflow, rows: ReadonlyMap<string, number>): number {
  const feeding = workflow.edges.filter((e) => e.to.node === id && rows.has(e.from.node));
  if (feeding.length === 0) return 0;
  const at = feeding.map((e) => {
    const ports = workflow.edges.filter((o) => o.from.node === e.from.node);
    const spread = ports.length > 1 ? ports.indexOf(e) - (ports.length - 1) / 2 : 0;
    return (rows.get(e.from.node) ?? 0) + spread;
  });
  return at.reduce((a, b) => a + b, 0) / at.length;
}

/** Longest path from a start, ignoring edges that close a cycle. */
function depths(ids: readonly string[], workflow: Workflow): Map<string, number> {
  const depth = new Map<string, number>();
  const onPath = new Set<string>();
  const incoming = (id: string) => workflow.edges.filter((e) => e.to.node === id);
  const visit = (id: string): number => {
    const known = depth.get(id);
    if (known !== undefined) return known;
    onPath.add(id);
    const above = incoming(id).filter((e) => !onPath.has(e.from.node) && ids.includes(e.from.node));
    const value = above.length === 0 ? 0 : Math.max(...above.map((e) => visit(e.from.node) + 1));
    onPath.delete(id);
    depth.set(id, value);
    return value;
  };
  const starts = [...ids].sort((a, b) => incoming(a).length - incoming(b).length);
  for (const id of starts) visit(id);
  return depth;
}
