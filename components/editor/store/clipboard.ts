import { type Workflow, type WorkflowNode, workflowSchema } from '#engine/workflow.ts';
import { type Point, snap } from './geometry.ts';
import { namesOf, newNodeId, rewriteReferences, uniqueName } from './names.ts';

/** Nodes with the edges among them: what travels over the clipboard, as a `linkflow/1` file. */
export type Fragment = Pick<Workflow, 'nodes' | 'edges' | 'pinData'> & Partial<Pick<Workflow, 'settings'>>;

export function fragmentOf(workflow: Workflow, ids: ReadonlySet<string>): Fragment {
  return {
    nodes: workflow.nodes.filter((n) => ids.has(n.id)),
    edges: workflow.edges.filter((e) => ids.has(e.from.node) && ids.has(e.to.node)),
    pinData: Object.fromEntries(Object.entries(workflow.pinData).filter(([id]) => ids.has(id))),
  };
}

/** JSON text that pastes back into any LinkFlow editor, and reads well in an issue or a chat. */
export const serializeFragment = (fragment: Fragment): string =>
  JSON.stringify({ format: 'linkflow/1', name: 'Copied nodes', ...fragment }, null, 2);

/** A fragment, or a whole LinkFlow workflow with its settings; null when the text is something else. */
export function parseFragment(text: string): Fragment | null {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return null; // not JSON: somebody pastes plain text
  }
  if (typeof raw !== 'object' || raw === null || !('format' in raw)) return null;
  const parsed = workflowSchema.safeParse(raw);
  if (!parsed.success) return null;
  const { nodes, edges, pinData, settings } = parsed.data;
  return { nodes, edges, pinData, ...('settings' in raw ? { settings } : {}) };
}

/** Adds a fragment with fresh ids and names around `centre`; references among the pasted nodes follow the new names. */
export function pasteFragment(
  workflow: Workflow,
  fragment: Fragment,
  centre: Point,
  nextId: () => string = newNodeId,
): { workflow: Workflow; ids: string[] } {
  if (fragment.nodes.length === 0) return { workflow, ids: [] };
  const ids = new Map(fragment.nodes.map((n) => [n.id, nextId()]));
  const taken = namesOf(workflow.nodes);
  const names = new Map<string, string>();
  for (const node of fragment.nodes) {
    const name = uniqueName(taken, node.name);
    taken.add(name);
    names.set(node.name, name);
  }
  const shift = offsetTo(fragment.nodes, centre);
  const nodes = fragment.nodes.map(
    (n): WorkflowNode => ({
      ...n,
      id: ids.get(n.id) ?? n.id,
      name: names.get(n.name) ?? n.name,
      position: snap({ x: n.position.x + shift.x, y: n.position.y + shift.y }),
      parameters: rewriteReferences(n.parameters, names) as WorkflowNode['parameters'],
    }),
  );
  const edges = fragment.edges.flatMap(({ from, to }) => {
    const a = ids.get(from.node);
    const b = ids.get(to.node);
    return a && b ? [{ from: { node: a, port: from.port }, to: { node: b, port: to.port } }] : [];
  });
  const pinned = Object.entries(fragment.pinData).flatMap(([id, items]) => {
    const fresh = ids.get(id);
    return fresh ? [[fresh, items] as const] : [];
  });
  return {
    workflow: {
      ...workflow,
      nodes: [...workflow.nodes, ...nodes],
      edges: [...workflow.edges, ...edges],
      pinData: { ...workflow.pinData, ...Object.fromEntries(pinned) },
    },
    ids: nodes.map((n) => n.id),
  };
}

function offsetTo(nodes: readonly WorkflowNode[], centre: Point): Point {
  const xs = nodes.map((n) => n.position.x);
  const ys = nodes.map((n) => n.position.y);
  return {
    x: centre.x - (Math.min(...xs) + Math.max(...xs)) / 2,
    y: centre.y - (Math.min(...ys) + Math.max(...ys)) / 2,
  };
}

/** A copy beside the original, with the edges among the copied nodes. */
export function duplicateNodes(workflow: Workflow, chosen: ReadonlySet<string>, nextId = newNodeId) {
  const fragment = fragmentOf(workflow, chosen);
  const origin = offsetTo(fragment.nodes, { x: 0, y: 0 });
  return pasteFragment(workflow, fragment, { x: 40 - origin.x, y: 100 - origin.y }, nextId);
}
