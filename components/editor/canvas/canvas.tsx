'use client';

import {
  applyNodeChanges,
  Background,
  BackgroundVariant,
  type Connection,
  ConnectionLineType,
  type FinalConnectionState,
  MiniMap,
  type NodeChange,
  Panel,
  ReactFlow,
  type ReactFlowInstance,
  SelectionMode,
  useReactFlow,
  useStore,
} from '@xyflow/react';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { definitionOf } from '../definition-of.ts';
import { useEditor, useEditorStore } from '../editor-context.tsx';
import { connect, moveNodes } from '../store/draft.ts';
import { nodeById } from '../store/editor-store.ts';
import { GRID } from '../store/geometry.ts';
import { CanvasControls } from './canvas-controls.tsx';
import { useCanvasUi } from './canvas-ui.tsx';
import { useCanvasDrop } from './drop.ts';
import { type FlowEdge, type FlowNode, flowEdges, flowNodes } from './flow-elements.ts';
import { ItemEdge } from './item-edge.tsx';
import { useKeepInView } from './keep-in-view.ts';
import { NodeCard } from './node-card.tsx';
import { NoteCard } from './note-card.tsx';

// Outside of the component: new objects here would make the library mount every card again.
const NODE_TYPES = { card: NodeCard, note: NoteCard };
const EDGE_TYPES = { items: ItemEdge };
const SNAP: [number, number] = [GRID, GRID];
const START = { x: 0, y: 0, zoom: 1 };
const FIT = { padding: 0.12, maxZoom: 1.1 };
/** Cards outside of the view are left out of the page from this many on. */
const MANY_NODES = 150;

export function Canvas({
  children,
  onOpenNode,
}: {
  children?: ReactNode;
  onOpenNode?: (id: string) => void;
}) {
  const store = useEditorStore();
  const ui = useCanvasUi();
  const flow = useReactFlow<FlowNode, FlowEdge>();
  const draft = useEditor((s) => s.draft);
  const readOnly = useEditor((s) => s.readOnly);
  const selection = useEditor((s) => s.selection);
  const selectedEdges = useEditor((s) => s.selectedEdges);
  // with a report below there is no room for a map above it
  const isTall = useStore((s) => s.height > 620);
  // on an empty canvas the first node stays where it was dropped
  const [startsFull] = useState(draft.nodes.length > 0);
  const drop = useCanvasDrop();
  useKeepInView();

  const [nodes, setNodes] = useState<FlowNode[]>(() => flowNodes(draft, new Set(selection), []));
  useEffect(() => setNodes((old) => flowNodes(draft, new Set(selection), old)), [draft, selection]);
  const oldEdges = useRef<FlowEdge[]>([]);
  const edges = useMemo(() => {
    oldEdges.current = flowEdges(draft.edges, new Set(selectedEdges), oldEdges.current);
    return oldEdges.current;
  }, [draft.edges, selectedEdges]);

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      setNodes((old) => applyNodeChanges(changes, old));
      const picks = changes.filter((c) => c.type === 'select');
      if (picks.length === 0) return;
      const chosen = new Set(store.getState().selection);
      for (const { id, selected } of picks) selected ? chosen.add(id) : chosen.delete(id);
      store.getState().select([...chosen], store.getState().selectedEdges);
    },
    [store],
  );

  const commitMove = useCallback(
    (_event: unknown, _node: unknown, moved: FlowNode[]) =>
      store.getState().change((d) => moveNodes(d, new Map(moved.map((n) => [n.id, n.position])))),
    [store],
  );

  const onConnect = useCallback(
    ({ source, target, sourceHandle, targetHandle }: Connection) =>
      store.getState().change((d) =>
        connect(d, {
          from: { node: source, port: sourceHandle ?? 'main' },
          to: { node: target, port: targetHandle ?? 'main' },
        }),
      ),
    [store],
  );

  const onConnectEnd = useCallback(
    (event: MouseEvent | TouchEvent, state: FinalConnectionState) => {
      if (state.isValid || state.toNode || state.fromHandle?.type !== 'source' || !state.fromNode) return;
      const at = 'changedTouches' in event ? event.changedTouches[0] : event;
      if (!at) return;
      const position = flow.screenToFlowPosition({ x: at.clientX, y: at.clientY });
      store.getState().openPalette({
        from: { node: state.fromNode.id, port: state.fromHandle.id ?? 'main' },
        position: { x: position.x, y: position.y - 30 },
      });
    },
    [flow, store],
  );

  return (
    <ReactFlow<FlowNode, FlowEdge>
      data-testid="canvas"
      className="lf-canvas"
      nodes={nodes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      onNodesChange={onNodesChange}
      onNodeDragStop={commitMove}
      onSelectionDragStop={(event, moved) => commitMove(event, null, moved)}
      onConnect={onConnect}
      onConnectEnd={onConnectEnd}
      isValidConnection={(c) => c.source !== c.target || isLoop(store.getState().draft, c.source)}
      onNodeClick={(event, node) => {
        if (event.shiftKey || event.metaKey || event.ctrlKey || node.type === 'note') return;
        (onOpenNode ?? store.getState().openNode)(node.id);
      }}
      onEdgeClick={(_, edge) => store.getState().select([], [edge.id])}
      onEdgeMouseEnter={(_, edge) => ui.getState().warm(edge.id)}
      onEdgeMouseLeave={() => ui.getState().cool()}
      onPaneClick={() => {
        store.getState().select([]);
        store.getState().openNode(null);
        store.getState().openPalette(null);
      }}
      onPaneContextMenu={(event) => event.preventDefault()}
      onDragOver={drop.onDragOver}
      onDragLeave={drop.onDragLeave}
      onDrop={drop.onDrop}
      nodesDraggable={!readOnly}
      nodesConnectable={!readOnly}
      deleteKeyCode={null}
      disableKeyboardA11y
      multiSelectionKeyCode={['Shift', 'Meta', 'Control']}
      selectionMode={SelectionMode.Partial}
      selectionKeyCode="Shift"
      panActivationKeyCode="Space"
      snapToGrid
      snapGrid={SNAP}
      minZoom={0.1}
      maxZoom={2}
      fitView={startsFull}
      onInit={startReadable}
      defaultViewport={START}
      fitViewOptions={FIT}
      connectionLineType={ConnectionLineType.Bezier}
      connectionRadius={36}
      zoomOnDoubleClick={false}
      onlyRenderVisibleElements={draft.nodes.length > MANY_NODES}
    >
      <Background variant={BackgroundVariant.Dots} gap={GRID} size={1.4} />
      {draft.nodes.length > 0 && isTall ? (
        <MiniMap
          pannable
          zoomable
          className="lf-minimap max-md:!hidden"
          nodeBorderRadius={8}
          ariaLabel="Map of the workflow"
        />
      ) : null}
      <Panel position="bottom-left" className="!m-3">
        <CanvasControls />
      </Panel>
      {children}
    </ReactFlow>
  );
}

const READABLE_ZOOM = 0.75;

/** On a phone a whole workflow is too small to read: begin at its start instead. */
function startReadable(flow: ReactFlowInstance<FlowNode, FlowEdge>): void {
  const first = flow.getNodes().find((n) => n.type === 'card');
  if (window.innerWidth >= 640 || !first) return;
  // after the library's own first fit
  setTimeout(() => {
    if (flow.getZoom() >= READABLE_ZOOM) return;
    const { x, y } = first.position;
    flow.setViewport({
      x: 24 - x * READABLE_ZOOM,
      y: window.innerHeight * 0.35 - y * READABLE_ZOOM,
      zoom: READABLE_ZOOM,
    });
  }, 60);
}

/** Only a node that hands out loops may feed itself. */
function isLoop(draft: Parameters<typeof nodeById>[0], id: string): boolean {
  const node = nodeById(draft, id);
  return node !== undefined && definitionOf(node)?.cycle === 'loop';
}
