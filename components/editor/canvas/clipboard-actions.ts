import type { ReactFlowInstance } from '@xyflow/react';
import { toast } from 'sonner';
import type { ImportReport } from '#server/workflows/schema.ts';
import type { EditorContextValue } from '../editor-context.tsx';
import {
  duplicateNodes,
  type Fragment,
  fragmentOf,
  parseFragment,
  pasteFragment,
  serializeFragment,
} from '../store/clipboard.ts';
import { removeNodes } from '../store/draft.ts';
import type { EditorStore } from '../store/editor-store.ts';
import { type Point, spread } from '../store/geometry.ts';

export function copySelection(store: EditorStore, { cut = false } = {}): void {
  const { draft, selection, change } = store.getState();
  if (selection.length === 0) return;
  const ids = new Set(selection);
  navigator.clipboard.writeText(serializeFragment(fragmentOf(draft, ids))).then(
    () => {
      if (cut) change((d) => removeNodes(d, ids));
      toast.success(
        `${cut ? 'Cut' : 'Copied'} ${selection.length} ${selection.length === 1 ? 'node' : 'nodes'}`,
      );
    },
    () => toast.error('The browser did not allow copying.'),
  );
}

interface PasteTarget extends Pick<EditorContextValue, 'store' | 'editing'> {
  flow: Pick<ReactFlowInstance, 'fitView'>;
}

/**
 * Pastes LinkFlow or n8n text around a point. On a canvas without nodes the workflow's settings come along, and all of it
 * is brought into view. What became of nodes from n8n is shown where something needs a look.
 */
export async function pasteText(
  { store, editing, flow }: PasteTarget,
  text: string,
  centre: Point,
): Promise<void> {
  const { workflow, report } = await parseText(text);
  if (!workflow || workflow.nodes.length === 0) {
    toast.error('There are no nodes in this. Copy them here, or from an n8n workflow.');
    return;
  }
  let ids: string[] = [];
  const wasEmpty = store.getState().draft.nodes.length === 0;
  store.getState().change((draft) => {
    const pasted = pasteFragment(draft, workflow, centre);
    ids = pasted.ids;
    return wasEmpty && workflow.settings
      ? { ...pasted.workflow, settings: workflow.settings }
      : pasted.workflow;
  });
  store.getState().select(ids);
  // once the cards have their sizes
  if (wasEmpty) setTimeout(() => void flow.fitView({ padding: 0.15, maxZoom: 1, duration: 180 }), 60);
  const needsLook = report.credentials.length > 0 || report.nodes.some((n) => n.status !== 'mapped');
  if (!needsLook) return;
  const pastedNodes = new Map(workflow.nodes.map(({ name }, i) => [name, ids[i]!]));
  editing?.session.setState({ dialog: 'paste-report', pasteReport: report, pastedNodes });
}

export function duplicateSelection(store: EditorStore): void {
  const { selection, change, select } = store.getState();
  if (selection.length === 0) return;
  let ids: string[] = [];
  change((draft) => {
    const copy = duplicateNodes(draft, new Set(selection));
    ids = copy.ids;
    return copy.workflow;
  });
  select(ids);
}

interface Parsed {
  workflow: Fragment | null;
  report: ImportReport;
}

/** The importer is loaded only when somebody pastes what was not copied here. */
async function parseText(text: string): Promise<Parsed> {
  const none: ImportReport = { nodes: [], credentials: [] };
  const ours = parseFragment(text);
  if (ours) return { workflow: ours, report: none };
  try {
    const { parseWorkflowText } = await import('#nodes/parse-workflow.ts');
    const { workflow, report } = parseWorkflowText(text);
    return { workflow: { ...workflow, nodes: spread(workflow.nodes) }, report };
  } catch {
    return { workflow: null, report: none }; // the caller says that there are no nodes in it
  }
}
