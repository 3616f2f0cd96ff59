import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Issue } from '#engine/node.ts';
import type { Workflow, WorkflowNode } from '#engine/workflow.ts';
import { emptyHistory, type History, record, redo, undo } from './history.ts';

/** What the editor knows: the draft with its history, what is selected, and which panel is open. No server, no clock. */
export interface EditorState {
  workflowId: string;
  readOnly: boolean;
  draft: Workflow;
  history: History<Workflow>;
  /** The draft that the server has; dirty = draft is another object. */
  saved: Workflow;
  issues: readonly Issue[];
  /** Ids of selected nodes, in the order of selection. */
  selection: readonly string[];
  selectedEdges: readonly string[];
  /** The node whose configuration is open. */
  openNodeId: string | null;
  /** Field path to scroll to and mark, after a click on an issue. */
  focusField: string | null;
  palette: PaletteRequest | null;

  /** Applies a pure action as one undo step; steps with the same `group` in quick succession are one. */
  change(action: (draft: Workflow) => Workflow, group?: string): void;
  undo(): void;
  redo(): void;
  select(nodes: readonly string[], edges?: readonly string[]): void;
  openNode(id: string | null, focusField?: string | null): void;
  openPalette(request: PaletteRequest | null): void;
  markSaved(draft: Workflow): void;
  /** Adds issues that only the server can see; they stay until the next change. */
  report(issues: readonly Issue[]): void;
  /** Replaces everything, for example with the server's draft after a conflict; history starts again. */
  reset(draft: Workflow): void;
}

/** Why the palette is open: to add freely, behind an output, or into an edge. */
export interface PaletteRequest {
  from?: { node: string; port: string };
  edge?: string;
  position?: { x: number; y: number };
}

export interface EditorStoreOptions {
  workflowId: string;
  draft: Workflow;
  readOnly?: boolean;
  validate: (workflow: Workflow) => readonly Issue[];
  now?: () => number;
}

export type EditorStore = StoreApi<EditorState>;

export function createEditorStore(options: EditorStoreOptions): EditorStore {
  const { validate, now = Date.now } = options;
  return createStore<EditorState>((set, get) => {
    const show = (draft: Workflow, history: History<Workflow>) => {
      const ids = new Set(draft.nodes.map((n) => n.id));
      const { selection, openNodeId } = get();
      set({
        draft,
        history,
        issues: validate(draft),
        selection: selection.every((id) => ids.has(id)) ? selection : selection.filter((id) => ids.has(id)),
        openNodeId: openNodeId !== null && ids.has(openNodeId) ? openNodeId : null,
      });
    };
    return {
      workflowId: options.workflowId,
      readOnly: options.readOnly ?? false,
      draft: options.draft,
      history: emptyHistory(),
      saved: options.draft,
      issues: validate(options.draft),
      selection: [],
      selectedEdges: [],
      openNodeId: null,
      focusField: null,
      palette: null,
      change(action, group) {
        const { draft, history, readOnly } = get();
        if (readOnly) return;
        const next = action(draft);
        if (next !== draft) show(next, record(history, draft, group ?? null, now()));
      },
      undo() {
        const step = undo(get().history, get().draft);
        if (step && !get().readOnly) show(step.present, step.history);
      },
      redo() {
        const step = redo(get().history, get().draft);
        if (step && !get().readOnly) show(step.present, step.history);
      },
      select(nodes, edges = []) {
        const state = get();
        if (sameList(state.selection, nodes) && sameList(state.selectedEdges, edges)) return;
        const open = state.openNodeId;
        const follow = nodes.length === 1 ? (nodes[0] ?? null) : null;
        set({
          selection: nodes,
          selectedEdges: edges,
          // an open panel follows the selection, as one expects when walking the graph by arrow keys
          ...(open !== null && follow !== null ? { openNodeId: follow, focusField: null } : {}),
        });
      },
      openNode(id, focusField = null) {
        set({ openNodeId: id, focusField, ...(id ? { selection: [id], selectedEdges: [] } : {}) });
      },
      openPalette(request) {
        if (!get().readOnly) set({ palette: request });
      },
      report(issues) {
        set({ issues: [...get().issues, ...issues] });
      },
      markSaved(draft) {
        set({ saved: draft });
      },
      reset(draft) {
        set({ saved: draft, selection: [], selectedEdges: [], openNodeId: null });
        show(draft, emptyHistory());
      },
    };
  });
}

export const isDirty = (state: EditorState): boolean => state.draft !== state.saved;

const sameList = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((v, i) => v === b[i]);

const indexes = new WeakMap<readonly WorkflowNode[], Map<string, WorkflowNode>>();

/** Nodes by id, computed once per draft: 200 cards ask for their own node on every change. */
export function nodeById(workflow: Workflow, id: string): WorkflowNode | undefined {
  let index = indexes.get(workflow.nodes);
  if (!index) {
    index = new Map(workflow.nodes.map((n) => [n.id, n]));
    indexes.set(workflow.nodes, index);
  }
  return index.get(id);
}
