import type { NodeDefinition } from '#nodes/define.ts';
import { definitionOf, isNote, portsOfNode } from '../definition-of.ts';
import { addNode, addNodeOnEdge, connect, edgeKey, makeNode } from '../store/draft.ts';
import type { EditorStore, PaletteRequest } from '../store/editor-store.ts';
import { nodeById } from '../store/editor-store.ts';
import { type Point, rightOf } from '../store/geometry.ts';
import { newNodeId } from '../store/names.ts';

/**
 * Adds a node the way its place asks for: into an edge, behind an output, or freely. One undo step. The new node is
 * selected, so that the next one follows it.
 */
export function insertNode(store: EditorStore, definition: NodeDefinition, request: PaletteRequest): string {
  const { draft, change, select } = store.getState();
  const node = makeNode(draft, definition, newNodeId(), request.position ?? { x: 0, y: 0 });
  const { inputs, outputs } = portsOfNode(node);
  const input = inputs[0]?.name;
  const edge = request.edge ? draft.edges.find((e) => edgeKey(e) === request.edge) : undefined;
  const from = request.from ? nodeById(draft, request.from.node) : undefined;
  if (edge && input !== undefined) {
    const position = request.position ?? midway(draft, edge);
    const ports = { input, output: outputs[0]?.name };
    change((d) => addNodeOnEdge(d, { ...node, position }, edgeKey(edge), ports));
  } else if (from && request.from && input !== undefined) {
    const position = request.position ?? besidePort(from, request.from.port);
    const link = { from: request.from, to: { node: node.id, port: input } };
    change((d) => connect(addNode(d, { ...node, position }), link));
  } else {
    change((d) => addNode(d, node));
  }
  select([node.id]);
  return node.id;
}

/** What a click on a palette item should mean now: follow the selected node if it can be followed. */
export function requestFor(store: EditorStore, definition: NodeDefinition, centre: Point): PaletteRequest {
  const { draft, selection, palette } = store.getState();
  if (palette?.edge || palette?.from) return palette;
  const free = palette?.position ? palette : { position: centre };
  const selected = selection.length === 1 ? nodeById(draft, selection[0] ?? '') : undefined;
  if (!selected || definition.kind === 'trigger' || isNote(definition)) return free;
  const { outputs } = portsOfNode(selected);
  const used = new Set(draft.edges.filter((e) => e.from.node === selected.id).map((e) => e.from.port));
  const port = outputs.find((p) => !used.has(p.name)) ?? outputs[0];
  if (!port || isNote(definitionOf(selected))) return free;
  return { from: { node: selected.id, port: port.name } };
}

function besidePort(node: NonNullable<ReturnType<typeof nodeById>>, port: string): Point {
  const { outputs } = portsOfNode(node);
  const index = Math.max(
    0,
    outputs.findIndex((p) => p.name === port),
  );
  const at = rightOf(node);
  return { x: at.x, y: at.y + (index - (outputs.length - 1) / 2) * (outputs.length > 1 ? 120 : 0) };
}

function midway(
  draft: Parameters<typeof nodeById>[0],
  edge: { from: { node: string }; to: { node: string } },
): Point {
  const a = nodeById(draft, edge.from.node)?.position ?? { x: 0, y: 0 };
  const b = nodeById(draft, edge.to.node)?.position ?? a;
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
