import { toast } from 'sonner';
import {
  duplicateNodes,
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

/** Pastes LinkFlow or n8n text around a point. Text that is neither is left to whoever else wants it. */
export async function pasteText(store: EditorStore, text: string, centre: Point): Promise<void> {
  const fragment = parseFragment(text) ?? (await parseForeign(text));
  if (!fragment || fragment.nodes.length === 0) {
    toast.error('The clipboard holds no nodes. Copy them here, or from an n8n workflow.');
    return;
  }
  let ids: string[] = [];
  store.getState().change((draft) => {
    const pasted = pasteFragment(draft, fragment, centre);
    ids = pasted.ids;
    return pasted.workflow;
  });
  store.getState().select(ids);
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

/** Text of another kind: an n8n workflow, or YAML. Its importer is loaded only when somebody pastes one. */
async function parseForeign(text: string): Promise<ReturnType<typeof parseFragment>> {
  try {
    const { parseWorkflowText } = await import('#nodes/parse-workflow.ts');
    const { workflow, report } = parseWorkflowText(text);
    const rough = report.nodes.filter((n) => n.status !== 'mapped').length;
    if (rough > 0)
      toast.warning(
        `${rough} of ${report.nodes.length} nodes need a look: they could not be mapped exactly.`,
      );
    return { ...workflow, nodes: spread(workflow.nodes) };
  } catch {
    return null; // the caller says that the clipboard holds no nodes
  }
}
