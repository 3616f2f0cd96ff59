'use client';

import { CircleAlert, TriangleAlert } from 'lucide-react';
import type { Issue } from '#engine/node.ts';
import { definitionOf } from '../definition-of.ts';
import { useEditor, useEditorStore } from '../editor-context.tsx';
import { shortMessage } from '../issues.ts';
import { NodeIcon } from '../node-icon.tsx';
import { edgeKey } from '../store/draft.ts';
import { nodeById } from '../store/editor-store.ts';

/** Everything that is wrong, errors first; a click leads to the node and its field. */
export function IssueList({ onPick }: { onPick?: () => void }) {
  const store = useEditorStore();
  const issues = useEditor((s) => s.issues);
  const draft = useEditor((s) => s.draft);
  if (issues.length === 0) {
    return <p className="px-2.5 py-3 text-foreground-muted">Everything looks right. You can activate it.</p>;
  }
  const sorted = [...issues].sort((a, b) => Number(a.severity !== 'error') - Number(b.severity !== 'error'));
  const pick = (issue: Issue) => {
    const { openNode, select } = store.getState();
    const edge = issue.edge === undefined ? undefined : draft.edges[issue.edge];
    if (issue.nodeId) openNode(issue.nodeId, issue.field ?? null);
    else if (edge) select([], [edgeKey(edge)]);
    onPick?.();
  };
  return (
    <ul data-testid="issue-list">
      {sorted.map((issue, i) => {
        const node = issue.nodeId ? nodeById(draft, issue.nodeId) : undefined;
        const Mark = issue.severity === 'error' ? CircleAlert : TriangleAlert;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same issue may stand there twice
          <li key={i}>
            <button
              type="button"
              onClick={() => pick(issue)}
              className="flex w-full items-start gap-2.5 rounded-md px-2 py-1.5 text-left hover:bg-muted"
            >
              {node ? <NodeIcon definition={definitionOf(node)} size="sm" /> : null}
              <span className="min-w-0 flex-1">
                {node ? <span className="block truncate font-medium">{node.name}</span> : null}
                <span className="block text-foreground-muted text-xs leading-4.5">{shortMessage(issue)}</span>
              </span>
              <Mark
                aria-label={issue.severity}
                className={
                  issue.severity === 'error' ? 'mt-0.5 size-4 text-danger' : 'mt-0.5 size-4 text-warning'
                }
              />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
